import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/** An image of one layer. */
export interface ImageContent {
  readonly entrypoint: readonly string[];
  /** What follows the entrypoint where a pod gives no arguments. */
  readonly command?: readonly string[];
  /** Who runs it where a pod does not say; default root. */
  readonly user?: string;
  /** Folder that becomes `/`. */
  readonly root: string;
}

const architecture = process.arch === "x64" ? "amd64" : process.arch;
const reproducible = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0"];

/** Of a manifest as an index has it (OCI image-spec 1.1). */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** An image in an archive. */
export interface NamedImage extends ImageContent {
  /** Full names with tags; all of them are this image. */
  readonly names: readonly string[];
}

/**
 * Writes an image layout as a tar archive (OCI image-spec 1.1, uncompressed layer) that `ctr images import` takes.
 * The same content gives the same bytes. `work`: a folder for the parts, removed.
 */
export function writeOciArchive(file: string, { names, ...content }: NamedImage, work: string): void {
  const manifest = writeImage(content, work);
  const manifests = names.map((name) => ({
    ...manifest,
    platform: { architecture, os: "linux" },
    annotations: { "io.containerd.image.name": name, "org.opencontainers.image.ref.name": tagOf(name) },
  }));
  writeFileSync(path.join(work, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  writeFileSync(path.join(work, "index.json"), JSON.stringify({ schemaVersion: 2, manifests }));
  execFileSync("tar", [...reproducible, "-cf", file, "-C", work, "oci-layout", "index.json", "blobs"]);
  rmSync(work, { recursive: true });
}

/** Writes layer, configuration and manifest below `blobs/sha256` of a folder, where others may be already. */
export function writeImage({ entrypoint, command, user, root }: ImageContent, folder: string): Descriptor {
  const blobs = path.join(folder, "blobs", "sha256");
  mkdirSync(blobs, { recursive: true });
  const layer = path.join(folder, "layer");
  execFileSync("tar", [...reproducible, "-cf", layer, "-C", root, "."]);
  const layerDigest = sha256(readFileSync(layer));
  const layerSize = statSync(layer).size;
  renameSync(layer, path.join(blobs, layerDigest));

  const blob = (content: object) => {
    const bytes = Buffer.from(JSON.stringify(content));
    writeFileSync(path.join(blobs, sha256(bytes)), bytes);
    return { digest: `sha256:${sha256(bytes)}`, size: bytes.length };
  };
  const config = blob({
    architecture,
    os: "linux",
    config: {
      Entrypoint: entrypoint,
      Cmd: command,
      User: user,
      Env: ["PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"],
      WorkingDir: "/",
    },
    rootfs: { type: "layers", diff_ids: [`sha256:${layerDigest}`] },
  });
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  const manifest = {
    schemaVersion: 2,
    mediaType,
    config: { mediaType: "application/vnd.oci.image.config.v1+json", ...config },
    layers: [{ mediaType: "application/vnd.oci.image.layer.v1.tar", digest: `sha256:${layerDigest}`, size: layerSize }],
  };
  return { mediaType, ...blob(manifest) };
}

function tagOf(name: string): string {
  return name.slice(name.lastIndexOf(":") + 1);
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
