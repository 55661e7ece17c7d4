/** Where quarantined requests are in the raw bucket. Each source has a folder, so that its name can be listed. */
export const quarantinePrefix = 'quarantine/';

/** The folder of a source. It ends with a slash, and has no other one after `quarantine/`. */
export const quarantineFolder = (source: string): string => `${quarantinePrefix}${encoded(source)}/`;

/** The key of the object of a quarantined request: at most 700 bytes. */
export const quarantineKey = ({ source, id }: Readonly<{ source: string; id: string }>): string =>
  `${quarantineFolder(source)}${id}.json`;

/** The source of a folder. `undefined` if the folder is not one of `quarantineFolder`. */
export const sourceOfFolder = (folder: string): string | undefined => {
  try {
    const source = decodeURIComponent(folder.slice(quarantinePrefix.length, -1));
    return quarantineFolder(source) === folder ? source : undefined;
  } catch {
    return undefined;
  }
};

/** `.` and `..` would be steps of a path: some clients and clouds remove them. */
const encoded = (source: string): string =>
  encodeURIComponent(source).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'));
