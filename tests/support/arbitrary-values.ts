import fc from 'fast-check';
import { leadId, type LeadId } from '../../shared/lead/lead-id';

const printable = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 128,
});

export const leadIds = printable.filter((text): text is LeadId => leadId.is(text));

export const instants = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
