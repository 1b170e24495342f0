/** A command for places that have bash and little else: GET of a path, the whole answer on its output, nothing when none came. */
export function httpByBash(host: string, port: number, path: string): readonly string[] {
  const ask = `exec 3<>/dev/tcp/${host}/${port} && printf 'GET ${path} HTTP/1.0\\r\\n\\r\\n' >&3 && timeout 5 cat <&3 || true`;
  return ["bash", "-c", ask];
}
