/** The files of a matrix: the sealed index, and two forms to read it in. */
import { matrixHtml } from "../../../reporters/matrix/html.ts";
import { matrixMarkdown } from "../../../reporters/matrix/markdown.ts";
import { sha256 } from "../../model/digest.ts";
import type { Matrix } from "../../model/matrix.ts";
import type { Signer } from "../../model/signer.ts";
import type { RunFile } from "../run-folder.ts";

export const matrixNamespace = "matrix@scs-conformance";
export const matrixFile = "matrix.json";

export async function matrixFiles(
  matrix: Matrix,
  text: string,
  signer: Signer | undefined,
): Promise<readonly RunFile[]> {
  const context = { matrixSha256: sha256(text), ...(signer ? { signedBy: signer.fingerprint } : {}) };
  const files: readonly RunFile[] = [
    { name: matrixFile, content: text },
    { name: "matrix.html", content: matrixHtml(matrix, context) },
    { name: "matrix.md", content: matrixMarkdown(matrix, context) },
  ];
  if (!signer) return files;
  return [
    ...files,
    { name: `${matrixFile}.sig`, content: await signer.sign(Buffer.from(text, "utf8"), matrixNamespace) },
  ];
}
