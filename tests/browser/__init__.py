"""The tests that open pages in a browser, and how that browser is found."""
