// These tests await what a real pipeline does, delays and retries included.
jest.setTimeout(180_000);
