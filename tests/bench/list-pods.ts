/** All pods through the read layer, one by one, as a probe would see them, in a process set up as the command line is. */
import { expectShortRun } from "../../src/cli/short-run.ts";
import { connect } from "../../src/kubernetes/connect.ts";

expectShortRun();
const connection = await connect({ kubeconfig: process.argv[2] ?? "" });
let objects = 0;
const listed = await connection.reader.list(
  "/api/v1/pods",
  { limit: 500 },
  () => {
    objects += 1;
  },
  () => {
    objects = 0;
  },
);
connection.close();
if (!listed.ok) throw new Error(listed.message);
console.log(JSON.stringify({ objects }));
