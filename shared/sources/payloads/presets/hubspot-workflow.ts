import type { PayloadMapping } from '../payload-mapping';

/**
 * The action "Send a webhook" of a HubSpot workflow of contacts. With "Include all contact properties", HubSpot sends
 * the contact as its contacts API v1 does: each property is an object with `value` and `versions`. With "Customize
 * request body", the properties are members of the body under the names that the user chose.
 *
 * HubSpot sends no id of the delivery, so that the content identifies the event. `lastmodifieddate` is part of it,
 * because it changes with each change of the contact, and stays the same when HubSpot sends a request again.
 * `profile-token` and `profile-url` contain a token that says nothing about the contact.
 */
export const hubspotWorkflow: PayloadMapping = {
  fields: {
    lead_id: 'vid || properties.hs_object_id.value || hs_object_id || objectId || id',
    email: 'properties.email.value || properties.email || email',
    display_name:
      "join(' ', [properties.firstname.value || properties.firstname || firstname, " +
      "properties.lastname.value || properties.lastname || lastname][?type(@) == 'string' && @])",
    status: 'properties.hs_lead_status.value || properties.lifecyclestage.value || hs_lead_status || lifecyclestage',
    occurred_at: 'properties.lastmodifieddate.value || lastmodifieddate',
  },
  volatile_fields: ['profile-token', 'profile-url'],
};
