/** A key of the IAM user that may read leads. It has no secret: IAM gives it only once. */
export type AccessKey = Readonly<{
  id: string;
  isActive: boolean;
  createdAt: Date | undefined;
  /** Absent if it was never used, or if the caller may not know. */
  lastUsed?: Readonly<{ at: Date; service: string; region: string }>;
}>;

/** The access keys of one IAM user, as an administrator uses them. Each call throws what the SDK throws. */
export type AccessKeys = Readonly<{
  list: () => Promise<readonly AccessKey[]>;
  create: () => Promise<Readonly<{ id: string; secret: string }>>;
  deactivate: (id: string) => Promise<void>;
  remove: (id: string) => Promise<void>;
}>;

/** IAM allows each user two keys, so that one can be replaced while the other one is used. */
export const mostKeys = 2;

/**
 * Creates a key, unless the user has two.
 *
 * @returns the new key with its secret, or the two keys
 */
export const createAccessKey = async (
  keys: AccessKeys,
): Promise<
  Readonly<{ kind: 'created'; id: string; secret: string }> | Readonly<{ kind: 'too-many'; keys: readonly AccessKey[] }>
> => {
  const present = await keys.list();
  if (present.length >= mostKeys) return { kind: 'too-many', keys: present };
  return { kind: 'created', ...(await keys.create()) };
};

/**
 * Takes a key out of use. It is deactivated first: if the deletion fails, the key works no more.
 *
 * @returns whether the user has this key
 */
export const revokeAccessKey = async (keys: AccessKeys, id: string, isKept: boolean): Promise<boolean> => {
  if (!(await keys.list()).some((key) => key.id === id)) return false;
  await keys.deactivate(id);
  if (!isKept) await keys.remove(id);
  return true;
};

/** The key that an administrator revokes first: an inactive one, one that was never used, or the one used longest ago. */
export const leastUsed = (keys: readonly AccessKey[]): AccessKey | undefined =>
  [...keys].sort(
    (a, b) =>
      Number(a.isActive) - Number(b.isActive) || (a.lastUsed?.at.getTime() ?? 0) - (b.lastUsed?.at.getTime() ?? 0),
  )[0];

/** A key as JSON for programs. The output masks a field whose name contains "key" and "secret". */
export const accessKeyView = ({ id, isActive, createdAt, lastUsed }: AccessKey, now: Date) => ({
  id,
  status: isActive ? 'active' : 'inactive',
  created_at: createdAt?.toISOString() ?? null,
  age_days: createdAt === undefined ? null : Math.floor((now.getTime() - createdAt.getTime()) / 86_400_000),
  last_used_at: lastUsed?.at.toISOString() ?? null,
  last_used_for: lastUsed === undefined ? null : `${lastUsed.service} in ${lastUsed.region}`,
});
