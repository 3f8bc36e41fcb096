// Reads a stream with ldes-client: `node ldes-client.mjs ADDRESS` prints a line of JSON a member.
import { replicateLDES } from "ldes-client";

const client = replicateLDES({ url: process.argv[2] });
client.on("error", (error) => {
  console.error(error);
  process.exit(1);
});
const term = (one) =>
  one.termType === "Literal"
    ? { value: one.value, language: one.language, datatype: one.datatype.value }
    : { kind: one.termType, value: one.value };
const reader = client.stream({ highWaterMark: 10 }).getReader();
for (let found = await reader.read(); !found.done; found = await reader.read()) {
  const quads = found.value.quads.map((one) => [
    one.subject.termType, one.subject.value, one.predicate.value, term(one.object), one.graph.value,
  ]);
  process.stdout.write(JSON.stringify({ id: found.value.id.value, quads }) + "\n");
}
