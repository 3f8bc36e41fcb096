// Asks an endpoint with Comunica: `node comunica.mjs ENDPOINT QUERY` prints as JSON what it says.
import { QueryEngine } from "@comunica/query-sparql";

const [, , endpoint, query] = process.argv;
const engine = new QueryEngine();
const found = await engine.query(query, { sources: [{ type: "sparql", value: endpoint }] });
const said = {};
if (found.resultType === "bindings") {
  const rows = await (await found.execute()).toArray();
  said.rows = rows.map((row) => Object.fromEntries([...row].map(([key, term]) => [key.value, term.value])));
} else if (found.resultType === "boolean") {
  said.boolean = await found.execute();
} else {
  const quads = await (await found.execute()).toArray();
  said.quads = quads.map((one) => [one.subject.value, one.predicate.value, one.object.value]);
}
console.log(JSON.stringify(said));
