import { CORE_SCHEMA, load } from "js-yaml";

export default function (config) {
  config.addDataExtension("yml", (text) => load(text, { schema: CORE_SCHEMA }));
  return { dir: { input: "pages", data: "../_data", output: "_site" } };
}
