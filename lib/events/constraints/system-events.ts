/** Backend names of the events that WebEngage tracks by itself. They cannot be created through the API. */
export const SYSTEM_EVENT_NAMES: ReadonlySet<string> = new Set(
  `app_installed app_upgraded app_crashed app_uninstalled user_logged_in user_logged_out user_session_started
  goal_accomplish gcm_registered apns_registration_failed gcm_notification_response push_notification_queued
  push_notification_accepted push_notification_rejected push_notification_received push_notification_close
  push_notification_view push_notification_click push_notification_rating_submitted push_notification_item_view
  notification_view notification_close notification_click feedback_view feedback_close feedback_submit survey_view
  survey_close survey_complete survey_submit sms_queued sms_accepted sms_rejected sms_sent sms_failed sms_click
  email_queued email_accepted email_attempted email_rejected email_processed email_sent email_bounce email_delivered
  email_complaint email_abusereport email_resubscribe email_unsubscribe email_spam email_open email_click
  push_notification_registered push_notification_unregistered push_notification_window_view
  push_notification_window_denied push_notification_subscribe_notification_allowed push_notification_prompt_view
  push_notification_prompt_denied push_notification_prompt_allowed whatsapp_sent whatsapp_accepted whatsapp_rejected
  whatsapp_failed whatsapp_read whatsapp_click whatsapp_queued rcs_accepted rcs_rejected rcs_delivered rcs_failed
  rcs_queued rcs_control_attempted rcs_click rcs_read`.split(/\s+/),
);

const CHANNELS = /^(push_notification|notification|feedback|survey|sms|email|whatsapp|rcs)_/;
const SPELLED: Readonly<Record<string, string>> = { sms: 'SMS', whatsapp: 'WhatsApp', rcs: 'RCS' };

/**
 * Names under which WebEngage's dashboard shows its system events. A custom event may have one, but reports then mix
 * the two up. The channels' names are their backend names in title case.
 */
export const DASHBOARD_EVENT_NAMES: ReadonlySet<string> = new Set([
  'App Installed',
  'App Upgraded',
  'App Crashed',
  'App Uninstalled',
  'User Login',
  'User Logout',
  'Session Started',
  'Campaign Conversion',
  ...[...SYSTEM_EVENT_NAMES].filter((name) => CHANNELS.test(name)).map(toTitleCase),
]);

function toTitleCase(backendName: string): string {
  return backendName
    .split('_')
    .map((word) => SPELLED[word] ?? word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
