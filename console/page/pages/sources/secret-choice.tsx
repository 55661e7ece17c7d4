import { TextField } from '../../parts/field';

/** Who makes the secret. */
export type SecretChoice = Readonly<{ isMade: boolean; text: string }>;

/** What the server gets: `null` for a secret that Leadline makes. */
export const sentSecret = ({ isMade, text }: SecretChoice): string | null => (isMade ? null : text);

/** Whether Leadline makes the secret, or the provider shows its own. A typed secret is not shown, and not kept. */
export const SecretChoiceFields = ({
  value,
  onChange,
  name = 'The secret that the provider shows',
}: Readonly<{ value: SecretChoice; onChange: (value: SecretChoice) => void; name?: string }>) => (
  <fieldset className="choice">
    <legend>Secret</legend>
    <label className="checkbox">
      <input type="radio" checked={value.isMade} onChange={() => onChange({ isMade: true, text: '' })} />
      <span>Leadline makes one, and shows it once</span>
    </label>
    <label className="checkbox">
      <input type="radio" checked={!value.isMade} onChange={() => onChange({ isMade: false, text: '' })} />
      <span>The provider shows one</span>
    </label>
    {value.isMade ? null : (
      <TextField
        label={name}
        type="password"
        autoComplete="new-password"
        value={value.text}
        onChange={(event) => onChange({ isMade: false, text: event.target.value })}
      />
    )}
  </fieldset>
);
