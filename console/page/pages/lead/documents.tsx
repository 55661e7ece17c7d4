import { documents, type LeadDocument, type LeadEventView } from '../../../api/lead';
import { usePersonal } from '../../app/personal';
import { useAsk } from '../../app/use-ask';
import { bytes, counted } from '../../format/number';
import { Answer } from '../../parts/answer';
import { Card } from '../../parts/card';
import { CopyButton } from '../../parts/copy-button';
import { TextDoc } from '../../parts/json-doc';
import { visible } from '../../format/visible';

/** What came in, and what was made of it, with the lines of the owner marked. */
export const Documents = ({ lead, event }: Readonly<{ lead: string; event: LeadEventView }>) => {
  const { personal } = usePersonal();
  const query = useAsk(documents, {
    ...{ id: lead, event: event.event_id },
    ...(personal === 'shown' ? { personal } : {}),
  });
  const text = query.data?.enriched.text ?? query.data?.raw.text;
  return (
    <Card
      title="What came in, what was made of it"
      aside={text === null || text === undefined ? undefined : <CopyButton text={text} label="Copy the result" />}
      isFlush
    >
      <Answer of={query} lines={8}>
        {({ raw, enriched }) => (
          <div className="split">
            <Doc title={`Raw, as ${visible(event.source.slice(0, 60))} sent it`} doc={raw} />
            <Doc title="Enriched" doc={enriched} isMade />
          </div>
        )}
      </Answer>
    </Card>
  );
};

const Doc = ({ title, doc, isMade = false }: Readonly<{ title: string; doc: LeadDocument; isMade?: boolean }>) => {
  const added = doc.added.reduce((lines, { from, to }) => lines + to - from + 1, 0);
  return (
    <div>
      <div className="cap">
        <span>{title}</span>
        <span className={isMade && added > 0 ? 'good-text' : undefined}>
          {isMade && added > 0
            ? `${counted(added, 'line')} from the owner`
            : doc.bytes === null
              ? ''
              : bytes(doc.bytes)}
        </span>
      </div>
      {doc.text === null ? (
        <p className="sub pad">{doc.why_not}</p>
      ) : (
        <TextDoc label={title} text={doc.text} added={doc.added} />
      )}
      {doc.is_cut ? <p className="foot sub">The object is longer. Only its first part is shown.</p> : null}
    </div>
  );
};
