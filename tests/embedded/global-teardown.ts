export default (): Promise<void> => globalThis.stopEmbeddedCloud();
