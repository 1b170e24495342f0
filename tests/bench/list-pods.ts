/** All pods through the read layer, page by page, as a probe would see them, in memory kept as the command line keeps it. */
import { keepYoungSpaceSmall } from "../../src/cli/young-space.ts";
import { connect } from "../../src/kubernetes/connect.ts";

keepYoungSpaceSmall();
const connection = await connect({ kubeconfig: process.argv[2] ?? "" });
let objects = 0;
const listed = await connection.reader.list(
  "/api/v1/pods",
  { limit: 500 },
  (page) => {
    objects += page.length;
  },
  () => {
    objects = 0;
  },
);
connection.close();
if (!listed.ok) throw new Error(listed.message);
console.log(JSON.stringify({ objects }));
