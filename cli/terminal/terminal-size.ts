/** The size that an output reports. An output that is no terminal has none. */
type Reported = Readonly<{ rows?: number; columns?: number }>;

/** The size of a terminal. One whose size was never set reports 0: it is taken for the usual size. */
export const terminalSize = ({ rows = 0, columns = 0 }: Reported): Readonly<{ rows: number; columns: number }> => ({
  rows: rows > 0 ? rows : 24,
  columns: columns > 0 ? columns : 80,
});
