/** A data file taken in as text: by esbuild when the bundle is built, by Vite in the tests. */
declare module "*?raw" {
  const text: string;
  export default text;
}
