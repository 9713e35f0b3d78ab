/** Styles as text, as scripts/embedded-styles.ts makes them. */
declare module '*.css?embedded' {
  const styles: string;
  export default styles;
}
