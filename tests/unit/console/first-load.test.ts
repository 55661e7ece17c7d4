import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadline-page-'));
  execFileSync(process.execPath, ['console/build.mjs', folder]);
});
afterAll(() => rmSync(folder, { recursive: true }));

const html = (): string => readFileSync(join(folder, 'index.html'), 'utf8');
const asset = (name: string): Buffer => readFileSync(join(folder, 'assets', name));
const named = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, name]) => name!);

/** A script with all that it imports statically, as a browser loads them. */
const withImports = (name: string, found = new Set<string>()): ReadonlySet<string> => {
  if (found.has(name)) return found;
  found.add(name);
  const script = asset(name).toString();
  for (const imported of named(script, /(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)) withImports(imported, found);
  return found;
};

test('the first load of the console, with the overview and its chart, is at most 150 KB after gzip, without fonts', () => {
  const overview = readdirSync(join(folder, 'assets')).find((name) => /^overview-.*\.js$/.test(name))!;
  const loaded = new Set([
    ...named(html(), /"\/assets\/([^"]+)"/g).flatMap((name) =>
      name.endsWith('.js') ? [...withImports(name)] : [name],
    ),
    ...withImports(overview),
  ]);
  const bytes = [...loaded].map((name) => gzipSync(asset(name)).length).reduce((sum, one) => sum + one, 0);
  expect(loaded.size).toBeGreaterThan(4);
  expect(bytes).toBeLessThanOrEqual(150_000);
});

test('the fonts of a page with Latin text are at most 90 KB, and the text is drawn before they arrive', () => {
  const fonts = readdirSync(join(folder, 'assets')).filter((name) => /-latin-wght-.*\.woff2$/.test(name));
  expect(fonts).toHaveLength(2);
  expect(fonts.reduce((sum, name) => sum + asset(name).length, 0)).toBeLessThanOrEqual(90_000);
  for (const name of readdirSync(join(folder, 'assets')).filter((one) => one.endsWith('.css')))
    for (const [rule] of asset(name)
      .toString()
      .matchAll(/@font-face\s*{[^}]*}/g))
      expect(rule).toMatch(/font-display:\s*swap/);
});

test('the console loads nothing that it does not serve itself', () => {
  const links = named(html(), /(?:src|href)="([^"]*)"/g);
  expect(links.length).toBeGreaterThan(2);
  for (const link of links) expect(link).toMatch(/^\/assets\/[\w.-]+$/);
  for (const name of readdirSync(join(folder, 'assets')).filter((one) => one.endsWith('.css'))) {
    const style = asset(name).toString();
    expect(style).not.toMatch(/@import/);
    for (const url of named(style, /url\(["']?([^"')]+)/g)) {
      expect(url).toMatch(/^\.\/[\w.-]+$/);
      expect(existsSync(join(folder, 'assets', url))).toBe(true);
    }
  }
});
