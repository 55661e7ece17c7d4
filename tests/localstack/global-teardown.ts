export default (): Promise<void> => globalThis.stopLocalStack();
