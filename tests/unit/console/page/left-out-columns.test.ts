import { leftOutText } from '../../../../console/page/format/left-out-columns';

const columns = [
  { title: 'Lead' },
  { title: 'Status', hidden: 'narrow' },
  { title: 'Updated', hidden: 'phone' },
  { title: 'By hour', hidden: 'medium' },
] as const;

describe('the columns that a window leaves out', () => {
  it('are named, with those that wider windows leave out already', () => {
    const fields = 'Each row opens a page with all fields.';
    expect(leftOutText(columns, 'phone', fields)).toBe(
      'A wider window also has Status, Updated and By hour. Each row opens a page with all fields.',
    );
    expect(leftOutText(columns, 'narrow', '')).toBe('A wider window also has Status and By hour.');
    expect(leftOutText(columns, 'medium', '')).toBe('A wider window also has By hour.');
  });

  it('are not spoken of if there are none', () => {
    expect(leftOutText(columns.slice(0, 1), 'phone', 'x')).toBeUndefined();
    expect(leftOutText(columns.slice(0, 3), 'medium', 'x')).toBeUndefined();
  });
});
