/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** One thing that a decision asks. */
export type AccessCheckKind =
  /** Whether user and key may come through this door. */
  | 'ACCESS_POINT'
  /** Whether the whitelists of the user, the key and the door have the address. */
  | 'IP'
  /** Whether the key is not past its end. */
  | 'KEY_NOT_EXPIRED'
  /** Whether the key was not revoked. */
  | 'KEY_NOT_REVOKED'
  /** Whether the session has shown the second factor that is asked of the user. */
  | 'MFA'
  /** Whether the roles, and the key, let the subject do it. */
  | 'PERMISSION'
  /** Whether the account has the user or key. */
  | 'SUBJECT_KNOWN'
  /** Whether the user is ACTIVE. */
  | 'USER_ACTIVE';

/** Who comes through; never changes. */
export type AccessPointKind =
  /** Where a person signs in. */
  | 'INTERACTIVE'
  /** Where a program shows a key. */
  | 'PROGRAMMATIC';

/** Why somebody may or may not come in. The first one that applies is told. */
export type AccessReason =
  /** The user does not have the access point, or the key may not be shown there. */
  | 'ACCESS_POINT_NOT_ALLOWED'
  /** May come in, and do what was asked. */
  | 'GRANTED'
  /** Whitelists are asked, and none of them has the address. */
  | 'IP_NOT_WHITELISTED'
  /** The key is past its end. */
  | 'KEY_EXPIRED'
  /** The key was revoked. */
  | 'KEY_REVOKED'
  /** A second factor is asked of the session; never of keys. */
  | 'MFA_REQUIRED'
  /** Neither the roles nor the key let the subject do it. */
  | 'PERMISSION_MISSING'
  /** The session has ended. */
  | 'SESSION_ENDED'
  /** The account has no such user, key or session. */
  | 'SUBJECT_UNKNOWN'
  /** The user was deactivated. */
  | 'USER_DEACTIVATED'
  /** The user has not set a password yet. */
  | 'USER_INVITED';

/** Somebody who wants to come in. */
export type AccessRequest = {
  /** The code of a door. */
  accessPoint: string;
  /** What the session would have shown. Null: MFA where the user has a factor, PASSWORD where not. */
  assurance?: Assurance | null | undefined;
  /** An IPv4 or IPv6 address, without port or zone. */
  ip: string;
  /** A code; null: only whether they may come in. */
  permission?: string | null | undefined;
  /** Who. */
  subject: AccessSubject;
};

/** Exactly one field. */
export type AccessSubject =
  {   /** A key, in its user's name. */
  apiKeyId: string | number; userId?: never; }
  |  { apiKeyId?: never;   /** The user in person. */
  userId: string | number; };

/** All given conditions must hold; within a list any one. An empty list asks nothing. */
export type ApiKeyFilter = {
  /** Never matches a key without an end. */
  expiresBefore?: string | null | undefined;
  /** Also matches keys that were never used. */
  lastUsedBefore?: string | null | undefined;
  /** Any of them. */
  statuses?: Array<ApiKeyStatus> | null | undefined;
  /** Keys of any of these users. */
  userIds?: Array<string | number> | null | undefined;
};

/** Whether a key may be used at all. */
export type ApiKeyStatus =
  /** May be used, as far as its user, access points and whitelists let it. */
  | 'ACTIVE'
  /** Past its end; it never comes back. */
  | 'EXPIRED'
  /** Ended by somebody; it never comes back. */
  | 'REVOKED';

/** What a session has shown of its user. */
export type Assurance =
  /** An API key was shown. It may change neither credentials nor any key, and what users may see and do for themselves is not given to it. */
  | 'API_KEY'
  /** May do nothing but enrol a second factor and sign out. */
  | 'ENROLMENT_REQUIRED'
  /** A second factor was shown. */
  | 'MFA'
  /** Signed in by password, and nothing more was asked. */
  | 'PASSWORD';

/** All given conditions must hold; within a list any one. An empty list asks nothing. */
export type AuditEventFilter = {
  /** Of those that `auditActions` lists; any other is BAD_USER_INPUT. */
  actions?: Array<string> | null | undefined;
  /** Who did it. */
  actorId?: string | number | null | undefined;
  /** What was done with this key. */
  apiKeyId?: string | number | null | undefined;
  /** Inclusive. */
  from?: string | null | undefined;
  /** How it ended. */
  outcomes?: Array<AuditOutcome> | null | undefined;
  /** As actor or as target. */
  subjectId?: string | number | null | undefined;
  /** What it was done to: an ID of any kind. */
  targetId?: string | number | null | undefined;
  /** Exclusive. */
  to?: string | null | undefined;
};

/** How an attempt ended. */
export type AuditOutcome =
  /** Refused: `reason` says why. */
  | 'DENIED'
  /** Tried and went wrong, such as a wrong password. */
  | 'FAILED'
  /** Done: the event was written together with the change. */
  | 'SUCCEEDED';

/** A passkey to be enrolled. */
export type BeginPasskeyEnrolmentInput = {
  /** What the user calls it, at most 60 characters. Empty: the name of the authenticator's model, or else "Passkey". */
  name: string;
};

/** What the passkey is to prove. */
export type BeginPasskeySignInInput = {
  /** Left out or null: passkey first. */
  challengeToken?: string | null | undefined;
};

/** The link of an invitation or a reset mail. */
export type BeginSetPasswordInput = {
  /** From the fragment of the link. */
  token: string;
};

/** An authenticator app to be enrolled. */
export type BeginTotpEnrolmentInput = {
  /** What the user calls this app or phone; 1 to 60 characters. */
  name: string;
};

/** Where the viewer wants to get mail. */
export type ChangeEmailInput = {
  /** At most 254 characters, unique in the account without regard to case. */
  email: string;
};

/** The viewer's own password, old and new. */
export type ChangePasswordInput = {
  /** Each wrong one (WRONG_CREDENTIALS) counts like a wrong try to sign in. */
  currentPassword: string;
  /**
   * 12 to 128 characters, or from the account's higher minimum; spaces and any script welcome (NIST SP 800-63B-4). Common,
   * guessable or personal ones are WEAK_PASSWORD.
   */
  newPassword: string;
};

/** The link of the mail to the new address. */
export type ConfirmEmailInput = {
  /** From the fragment of the link. */
  token: string;
};

/** A door of the account's own. */
export type CreateAccessPointInput = {
  /** 2 to 40 of `A-Z 0-9 _ -`, unique in the account; never changes. */
  code: string;
  /** At most 500 characters. */
  description?: string | null | undefined;
  /** INTERACTIVE for people, PROGRAMMATIC for programs; never changes. */
  kind: AccessPointKind;
  /** 1 to 120 characters. */
  name: string;
  /** INTERACTIVE only; at most 20 origins (RFC 6454) with https, or http on localhost. */
  origins?: Array<string> | null | undefined;
  /** At most 20. */
  whitelistIds?: Array<string | number> | null | undefined;
  /** Null: false. */
  whitelistsReportOnly?: boolean | null | undefined;
};

/** A key in a user's name. */
export type CreateApiKeyInput = {
  /** Codes of PROGRAMMATIC access points that the user has; at least one. */
  accessPoints: Array<string>;
  /** 1 to 120 characters: what the key is for, or where it runs. */
  description: string;
  /** In the future, and within the account's maximum. Null: never, where the account allows it. */
  expiresAt?: string | null | undefined;
  /** Codes that the user has: it may do no more than these. Null: all that its user may; empty: only come in. */
  permissions?: Array<string> | null | undefined;
  /** Whose key it becomes; a deactivated user gets none. */
  userId: string | number;
  /** Asked as well as the user's; at most 20. */
  whitelistIds?: Array<string | number> | null | undefined;
};

/** A named set of permissions. */
export type CreateRoleInput = {
  /** At most 500 characters. */
  description?: string | null | undefined;
  /** 1 to 120 characters, unique in the account without regard to case. */
  name: string;
  /** Codes of the catalogue. */
  permissions: Array<string>;
};

/** Somebody or something that is to come in. Every problem of every field comes back at once. */
export type CreateUserInput = {
  /** Codes: at least one, and never an INTERACTIVE one for an API user. */
  accessPoints: Array<string>;
  /** At most 254 characters, unique in the account without regard to case. */
  email: string;
  /**
   * At most 255 bytes. The same key and input from the same viewer within 24 hours gives the first answer again, and
   * creates nothing; with other input IDEMPOTENCY_KEY_REUSED.
   */
  idempotencyKey?: string | null | undefined;
  /** An API user has no password and no INTERACTIVE access point; never changes. */
  kind: UserKind;
  /** Of the page and of mails. */
  language: Language;
  /** 3 to 40 of `a-z A-Z 0-9 - _ . @`, unique in the account without regard to case. */
  loginName: string;
  /**
   * The user can do nothing but enrol a second factor while there is none. Must be true for an API user, whose keys it
   * does not stop.
   */
  mfaForced: boolean;
  /** 1 to 120 characters of any script. */
  name: string;
  /** Created with the user and given to it. Without MANAGE_WHITELIST NOT_ALLOWED. */
  newWhitelist?: CreateWhitelistInput | null | undefined;
  /**
   * 12 to 128 characters, or from the account's higher minimum; spaces and any script welcome (NIST SP 800-63B-4). Common,
   * guessable or personal ones are WEAK_PASSWORD. Null: the welcome mail brings a link, good once and for 7 days, to set
   * one. An API user has none, and never gets a link.
   */
  password?: string | null | undefined;
  /** 1 to 50. */
  roleIds: Array<string | number>;
  /** At most 20, `newWhitelist` included. */
  whitelistIds?: Array<string | number> | null | undefined;
};

/** A named set of addresses and prefixes. */
export type CreateWhitelistInput = {
  /** 1 to 1,000, none of them twice. */
  entries: Array<WhitelistEntryInput>;
  /** 1 to 120 characters, unique in the account without regard to case. */
  name: string;
};

/** A role to copy, and what to call the copy. */
export type DuplicateRoleInput = {
  /** A built-in one may be copied too. */
  id: string | number;
  /** Of the copy: 1 to 120 characters, unique in the account without regard to case. */
  name: string;
};

/** The passkey that the authenticator made. */
export type FinishPasskeyEnrolmentInput = {
  /** Of `beginPasskeyEnrolment`, in the same session; at most 5 minutes old (else CHALLENGE_EXPIRED). */
  challengeToken: string;
  /** `RegistrationResponseJSON`, from the credential's `toJSON`. */
  credential: unknown;
};

/** What the authenticator signed. */
export type FinishPasskeySignInInput = {
  /** Of `beginPasskeySignIn`. */
  challengeToken: string;
  /** `AuthenticationResponseJSON`, from the credential's `toJSON`. */
  credential: unknown;
};

/** Shows that the app makes the right codes. */
export type FinishTotpEnrolmentInput = {
  /** Of `beginTotpEnrolment`, in the same session; at most 5 minutes old (else CHALLENGE_EXPIRED). */
  challengeToken: string;
  /** Six digits; spaces do not matter. */
  code: string;
};

/** The languages of the page and of mails. */
export type Language =
  /** German. */
  | 'DE'
  /** English. */
  | 'EN'
  /** Spanish. */
  | 'ES'
  /** French. */
  | 'FR'
  /** Dutch. */
  | 'NL';

/** All given conditions must hold; within a list any one. An empty list asks nothing. */
export type MailFilter = {
  /** Any of them. */
  states?: Array<MailState> | null | undefined;
  /** Mails about any of these users. */
  userIds?: Array<string | number> | null | undefined;
};

/** Why the last attempt to send a mail has failed. */
export type MailProblem =
  /**
   * The mail server cannot send to an address of this form: it has other characters than ASCII before the @, and the server does
   * not know SMTPUTF8; or its domain is none. Ends the attempts at once.
   */
  | 'ADDRESS_UNSUPPORTED'
  /** Signing in to the mail server failed. */
  | 'AUTHENTICATION'
  /** The mail server does not talk to this machine: it is on a blocklist, say, or greets by a name that is not accepted. */
  | 'CONNECTION_REFUSED'
  /** The mail server does not take this message: as spam, say, or for its size. */
  | 'CONTENT_REFUSED'
  /** The mail server asks to try again later: it is busy, the mailbox is full, or it delays unknown senders. */
  | 'DEFERRED'
  /** The connection to the mail server could not be encrypted, or its certificate is not trusted. */
  | 'ENCRYPTION'
  /** Something else, which the log of the server tells. */
  | 'OTHER'
  /** The mail server does not take mail for this recipient: it does not relay, or for a reason of policy. */
  | 'RECIPIENT_REFUSED'
  /** There is no such mailbox or domain. Ends the attempts at once: give the user another address. */
  | 'RECIPIENT_UNKNOWN'
  /** The mail server does not take mail from this sender. */
  | 'SENDER_REFUSED'
  /** The mail server could not be reached, did not answer in time, or hung up. */
  | 'UNREACHABLE';

/** What has become of a mail. */
export type MailState =
  /** Given up: the recipient does not exist, or all attempts have failed. */
  | 'FAILED'
  /** The mail server has it. What happens to it there is not known here. */
  | 'SENT'
  /** Not sent yet: it is tried for about three days. */
  | 'WAITING';

/** What a mail is about. */
export type MailTopic =
  /** The link that makes a new address the user's. */
  | 'EMAIL_CONFIRM'
  /** Something that happened to the user's access or sign-ins, or to one of their keys. */
  | 'NOTICE'
  /** The link to set a new password. */
  | 'PASSWORD_RESET'
  /** How to sign in; to a new user without a password with the link to set one. */
  | 'WELCOME';

/** What can be shown to prove who one is. */
export type ProofKind =
  /** A passkey, by `beginPasskeySignIn` with the challenge. */
  | 'PASSKEY'
  /** By `verifyPassword`, where the user has no second factor. */
  | 'PASSWORD'
  /** One of the ten that came with the first factor. */
  | 'RECOVERY_CODE'
  /** A code of an authenticator app. */
  | 'TOTP';

/** Which factor to remove. */
export type RemoveMfaMethodInput = {
  /** One of the viewer's own; anybody else's is NOT_FOUND. */
  id: string | number;
};

/** A new name for a factor. */
export type RenameMfaMethodInput = {
  /** One of the viewer's own; anybody else's is NOT_FOUND. */
  id: string | number;
  /** 1 to 60 characters. */
  name: string;
};

/** Who wants a new password. */
export type RequestPasswordResetInput = {
  /** The account's handle. */
  account: string;
  /** Of the user. */
  email: string;
};

/** Which session to end. */
export type RevokeSessionInput = {
  /** Of the account; one that has ended is NOT_FOUND. */
  id: string | number;
};

/** All given conditions must hold. */
export type RoleFilter = {
  /** Only roles that grant this code. */
  permission?: string | null | undefined;
  /** Part of the name or description; case and accents do not matter. */
  query?: string | null | undefined;
};

/** Which key to put another in place of. */
export type RotateApiKeyInput = {
  /** A key that can be used and was not rotated before. */
  id: string | number;
  /** How many hours the old key goes on working: 0 to 720; null: 24. Never longer than it would have. */
  overlapHours?: number | null | undefined;
};

/** A new password with the link of an invitation or a reset mail. */
export type SetPasswordInput = {
  /**
   * 12 to 128 characters, or from the account's higher minimum; spaces and any script welcome (NIST SP 800-63B-4). Common,
   * guessable or personal ones are WEAK_PASSWORD.
   */
  password: string;
  /** From the fragment of the link; good once. */
  token: string;
};

/** The first account and its administrator. */
export type SetUpAccountInput = {
  /** The administrator's own name; left out: the organisation's. */
  adminName?: string | null | undefined;
  /** Of the administrator, at most 254 characters. */
  email: string;
  /** Of the account: 3 to 40 of `a-z 0-9 - _ . @`. It cannot be changed. */
  handle: string;
  /** Of the administrator's page and mails. */
  language: Language;
  /** Of the administrator. */
  loginName: string;
  /** Of the organisation, 1 to 120 characters. */
  name: string;
  /**
   * 12 to 128 characters; spaces and any script welcome (NIST SP 800-63B-4). Common, guessable or personal ones are
   * WEAK_PASSWORD.
   */
  password: string;
  /** From the fragment of the link. */
  token: string;
};

/** What a person types to sign in. */
export type SignInInput = {
  /** The account's handle. */
  account: string;
  /** Case does not matter. */
  loginName: string;
  /** As it was typed; it is compared in Unicode NFC. */
  password: string;
};

/** What the client shows after this step. A session cookie is set with SIGNED_IN and ENROL_MFA only. */
export type SignInNext =
  /** The enrolment of a second factor: the session may do nothing else. */
  | 'ENROL_MFA'
  /** The page: nothing more is asked. */
  | 'SIGNED_IN'
  /** A second factor: any of the challenge's methods. */
  | 'VERIFY_MFA';

/** Which end of an order comes first. */
export type SortDirection =
  /** A before Z, early before late. */
  | 'ASC'
  /** Z before A, late before early. */
  | 'DESC';

/** What changes of an access point; its code and kind never do. */
export type UpdateAccessPointInput = {
  /** Null clears it. */
  description?: string | null | undefined;
  /** A built-in one may be changed too. */
  id: string | number;
  /** 1 to 120 characters of any script. */
  name?: string | null | undefined;
  /** Replaces all; at most 20. Empty: none. Null is INVALID. */
  origins?: Array<string> | null | undefined;
  /** Refuses a lost update when it is not the present one. */
  revision?: number | null | undefined;
  /** Replaces all; at most 20. Empty: none. Null is INVALID. */
  whitelistIds?: Array<string | number> | null | undefined;
  /** Whether its whitelists only report whom they would refuse. */
  whitelistsReportOnly?: boolean | null | undefined;
};

/** What changes of the account; its handle never does. */
export type UpdateAccountInput = {
  /** 1 to 120 characters of any script. */
  name?: string | null | undefined;
  /** Refuses a lost update when it is not the present one. */
  revision?: number | null | undefined;
};

/** What changes of the policy. */
export type UpdateAccountPolicyInput = {
  /**
   * Days that a new API key may live at most: 1 to 3650; keys that there are stay as they are. Null is INVALID:
   * `apiKeysMayNeverExpire` takes the maximum away.
   */
  apiKeyMaxLifetimeDays?: number | null | undefined;
  /** True: new API keys may live for ever. Not together with `apiKeyMaxLifetimeDays` (INVALID). */
  apiKeysMayNeverExpire?: boolean | null | undefined;
  /** True: who has no factor can do nothing but enrol one, from the next request on. */
  mfaForced?: boolean | null | undefined;
  /** 12 to 128 characters; asked of passwords that are set from now on. */
  passwordMinLength?: number | null | undefined;
  /** Refuses a lost update when it is not the present one. */
  revision?: number | null | undefined;
  /** 5 to 1440. */
  sessionIdleMinutes?: number | null | undefined;
  /** 1 to 720. */
  sessionMaxHours?: number | null | undefined;
};

/** What changes of a key. */
export type UpdateApiKeyInput = {
  /** Codes of PROGRAMMATIC access points that the user has; at least one. */
  accessPoints?: Array<string> | null | undefined;
  /** 1 to 120 characters. */
  description?: string | null | undefined;
  /** In the future, and within the account's maximum. Null is INVALID: `neverExpires` takes the end away. */
  expiresAt?: string | null | undefined;
  /** A key that can still be used. */
  id: string | number;
  /** True: the key never expires, where the account allows it. Not together with `expiresAt` (INVALID). */
  neverExpires?: boolean | null | undefined;
  /** Codes that the user has: it may do no more than these; empty: only come in. Null is INVALID: `unrestricted` lifts the restriction. */
  permissions?: Array<string> | null | undefined;
  /** Refuses a lost update when it is not the present one. */
  revision?: number | null | undefined;
  /** True: the key may do all that its user may. Not together with `permissions` (INVALID). */
  unrestricted?: boolean | null | undefined;
  /** Replaces all; at most 20. Empty: asked for none. Null is INVALID. */
  whitelistIds?: Array<string | number> | null | undefined;
};

/** What changes of a role. */
export type UpdateRoleInput = {
  /** Null clears it. */
  description?: string | null | undefined;
  /** Not a built-in one (BUILT_IN). */
  id: string | number;
  /** 1 to 120 characters, unique in the account without regard to case. */
  name?: string | null | undefined;
  /** Codes of the catalogue: replaces all. Essential ones, and those that the catalogue no longer has, stay, given or not. */
  permissions?: Array<string> | null | undefined;
  /** Of `retiredPermissions`: those that leave the role. Others are INVALID. */
  removeRetiredPermissions?: Array<string> | null | undefined;
  /** Refuses a lost update when it is not the present one. */
  revision?: number | null | undefined;
};

/** What changes of a user; its kind never does. */
export type UpdateUserInput = {
  /** Codes: replaces all; at least one, and never an INTERACTIVE one for an API user. */
  accessPoints?: Array<string> | null | undefined;
  /** At most 254 characters, unique in the account without regard to case. */
  email?: string | null | undefined;
  /** Another account's is NOT_FOUND. */
  id: string | number;
  /** Of the page and of mails. */
  language?: Language | null | undefined;
  /** 3 to 40 of `a-z A-Z 0-9 - _ . @`, unique in the account without regard to case. */
  loginName?: string | null | undefined;
  /** Must stay true for an API user. */
  mfaForced?: boolean | null | undefined;
  /** 1 to 120 characters of any script. */
  name?: string | null | undefined;
  /** Created with the change and added to the user's whitelists. Without MANAGE_WHITELIST NOT_ALLOWED. */
  newWhitelist?: CreateWhitelistInput | null | undefined;
  /**
   * 12 to 128 characters, or from the account's higher minimum; spaces and any script welcome (NIST SP 800-63B-4). Common,
   * guessable or personal ones are WEAK_PASSWORD. Ends the user's sessions and links. An API user has none.
   */
  password?: string | null | undefined;
  /** Refuses a lost update when it is not the present one. */
  revision?: number | null | undefined;
  /** Replaces all; 1 to 50. */
  roleIds?: Array<string | number> | null | undefined;
  /** Replaces all; at most 20, `newWhitelist` included. Empty: from anywhere. Null is INVALID. */
  whitelistIds?: Array<string | number> | null | undefined;
  /** Whether the user's own whitelists only report whom they would refuse. */
  whitelistsReportOnly?: boolean | null | undefined;
};

/** What everybody may change of themselves. */
export type UpdateViewerInput = {
  /** Of the page and of mails. */
  language?: Language | null | undefined;
  /** 1 to 120 characters of any script. */
  name?: string | null | undefined;
};

/** What changes of a whitelist. */
export type UpdateWhitelistInput = {
  /** Replaces all; 1 to 1,000, none of them twice. */
  entries?: Array<WhitelistEntryInput> | null | undefined;
  /** Another account's is NOT_FOUND. */
  id: string | number;
  /** 1 to 120 characters, unique in the account without regard to case. */
  name?: string | null | undefined;
  /** Refuses a lost update when it is not the present one. */
  revision?: number | null | undefined;
};

/** What is wrong, for the client's program to decide by. */
export type UserErrorCode =
  /** Comes with Gatehouse and cannot be changed. */
  | 'BUILT_IN'
  /** The challenge was used or has expired: begin again. */
  | 'CHALLENGE_EXPIRED'
  /** The idempotency key came with other input before. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** Not of the form asked for; the message says which. */
  | 'INVALID'
  /** Something still uses it. */
  | 'IN_USE'
  /** Would leave the account without an administrator who can sign in. */
  | 'LAST_ADMIN'
  /** The link was used, replaced, or has expired. */
  | 'LINK_EXPIRED'
  /** Would shut the viewer out of the session that makes the change. */
  | 'LOCKOUT'
  /** Reaches beyond what the viewer may do or holds. */
  | 'NOT_ALLOWED'
  /** No such object in the account. */
  | 'NOT_FOUND'
  /** Must be given. */
  | 'REQUIRED'
  /** Somebody changed the object in the meantime: read it again. */
  | 'STALE_REVISION'
  /** Somebody or something in the account has it already. */
  | 'TAKEN'
  /** More characters, or more items of a list, than the field takes; the message says how many. */
  | 'TOO_LONG'
  /** Fewer characters than the field asks for; the message says how many. */
  | 'TOO_SHORT'
  /** Common, breached, guessable, or mostly a part of the user's own names. */
  | 'WEAK_PASSWORD'
  /** Not the code of this moment, or one that was used already. */
  | 'WRONG_CODE'
  /** Account, login name and password do not open anything together; never says which. */
  | 'WRONG_CREDENTIALS';

/** All given conditions must hold; within a list any one. An empty list asks nothing. */
export type UserFilter = {
  /** Codes: who may come through any of them. */
  accessPoints?: Array<string> | null | undefined;
  /** People, programs, or both. */
  kinds?: Array<UserKind> | null | undefined;
  /** Also matches users who never signed in. */
  lastSignInBefore?: string | null | undefined;
  /** Whether signing in by password is refused at the moment, after wrong tries. */
  locked?: boolean | null | undefined;
  /** Whether there is a second factor. */
  mfaEnrolled?: boolean | null | undefined;
  /** Part of login name, name or email; case and accents do not matter. At most 120 characters. */
  query?: string | null | undefined;
  /** Who has any of them. */
  roleIds?: Array<string | number> | null | undefined;
  /** Any of them. */
  statuses?: Array<UserStatus> | null | undefined;
  /** Of whom any of them is asked; those of their access points do not count. Needs VIEW_WHITELIST. */
  whitelistIds?: Array<string | number> | null | undefined;
};

/** Person or program; never changes. */
export type UserKind =
  /** An application, which shows a key. */
  | 'API'
  /** An employee, who signs in at a page. */
  | 'PERSONAL';

/** An order of users. */
export type UserOrder = {
  /** Which end comes first. */
  direction: SortDirection;
  /** What is compared. */
  field: UserOrderField;
};

/** What users are put in order by; where that is the same, by ID. */
export type UserOrderField =
  /** By the moment of creation. */
  | 'CREATED_AT'
  /** Without regard to case and accents. */
  | 'EMAIL'
  /** Ascending, who never signed in comes first. */
  | 'LAST_SIGN_IN_AT'
  /** Without regard to case. */
  | 'LOGIN_NAME'
  /** Without regard to case and accents. */
  | 'NAME';

/** Whether somebody can come in at all. */
export type UserStatus =
  /** May come in, as far as access points, whitelists and second factors let them. */
  | 'ACTIVE'
  /** Cannot come in by any way; its history stays. */
  | 'DEACTIVATED'
  /** Has not set a password yet. */
  | 'INVITED';

/** The password, as a fresh proof. */
export type VerifyPasswordInput = {
  /** Of `beginStepUp`; at most 5 minutes old (else CHALLENGE_EXPIRED). */
  challengeToken: string;
  /** The viewer's own, as it is now. */
  password: string;
};

/** A recovery code. */
export type VerifyRecoveryCodeInput = {
  /** From the step before; at most 5 minutes old (else CHALLENGE_EXPIRED). */
  challengeToken: string;
  /** Case, spaces, dashes and what was pasted along with it do not matter. */
  code: string;
};

/** A code of an authenticator app (RFC 6238). */
export type VerifyTotpInput = {
  /** From the step before; at most 5 minutes old (else CHALLENGE_EXPIRED). */
  challengeToken: string;
  /** Six digits, of any script; what was pasted along with them does not matter. */
  code: string;
};

/** One address or prefix. */
export type WhitelistEntryInput = {
  /** An address or a prefix. `192.0.2.17/24` is INVALID (host bits set), and the message says 192.0.2.0/24. */
  cidr: string;
  /** At most 120 characters. */
  note?: string | null | undefined;
};

/** All given conditions must hold. */
export type WhitelistFilter = {
  /** Only whitelists that this address is in. */
  containsIp?: string | null | undefined;
  /** Part of the name or of an entry's note; case and accents do not matter. */
  query?: string | null | undefined;
};

export type AccessPointRowFragment = { id: string, code: string, name: string, description: string, kind: AccessPointKind, builtIn: boolean, userCount: number };

export type AccessPointsQueryVariables = Exact<{ [key: string]: never; }>;


export type AccessPointsQuery = { accessPoints: Array<{ id: string, code: string, name: string, description: string, kind: AccessPointKind, builtIn: boolean, userCount: number, whitelists: Array<{ id: string, name: string }> | null }> | null };

export type AccessPointDetailsFragment = { origins: Array<string>, revision: number, whitelistsReportOnly: boolean, secretRotatedAt: string | null, viewerCanManage: boolean, id: string, code: string, name: string, description: string, kind: AccessPointKind, builtIn: boolean, userCount: number, whitelists: Array<{ id: string, name: string, userCount: number, entries: Array<{ cidr: string }> }> | null };

export type AccessPointDetailsQueryVariables = Exact<{
  id: string | number;
}>;


export type AccessPointDetailsQuery = { node:
    | { __typename: 'AccessPoint', origins: Array<string>, revision: number, whitelistsReportOnly: boolean, secretRotatedAt: string | null, viewerCanManage: boolean, id: string, code: string, name: string, description: string, kind: AccessPointKind, builtIn: boolean, userCount: number, whitelists: Array<{ id: string, name: string, userCount: number, entries: Array<{ cidr: string }> }> | null }
    | { __typename: 'Account' }
    | { __typename: 'ApiKey' }
    | { __typename: 'AuditEvent' }
    | { __typename: 'Mail' }
    | { __typename: 'Passkey' }
    | { __typename: 'Role' }
    | { __typename: 'Session' }
    | { __typename: 'TotpMethod' }
    | { __typename: 'User' }
    | { __typename: 'Whitelist' }
   | null };

export type CreateAccessPointMutationVariables = Exact<{
  input: CreateAccessPointInput;
}>;


export type CreateAccessPointMutation = { createAccessPoint: { accessPoint: { id: string, code: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type UpdateAccessPointMutationVariables = Exact<{
  input: UpdateAccessPointInput;
}>;


export type UpdateAccessPointMutation = { updateAccessPoint: { accessPoint: { id: string, code: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type RotateAccessPointSecretMutationVariables = Exact<{
  id: string | number;
}>;


export type RotateAccessPointSecretMutation = { rotateAccessPointSecret: { secret: string | null, accessPoint: { id: string, code: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type DeleteAccessPointMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteAccessPointMutation = { deleteAccessPoint: { deletedId: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type AuditEventsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: AuditEventFilter | null | undefined;
}>;


export type AuditEventsQuery = { auditEvents: { totalCount: number | null, nodes: Array<{ id: string, at: string, action: string, outcome: AuditOutcome, actorName: string, targetId: string | null, targetName: string | null, reason: string | null, accessPoint: string | null, ip: string | null, actor: { id: string, kind: UserKind, name: string } | null, apiKey: { id: string, description: string, hint: string } | null, target:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
       | null, changes: Array<{ field: string, before: string | null, after: string | null }> }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type FindUsersQueryVariables = Exact<{
  query: string;
}>;


export type FindUsersQuery = { users: { nodes: Array<{ id: string, kind: UserKind, status: UserStatus, name: string, qualifiedName: string }> } | null };

export type SubjectNameQueryVariables = Exact<{
  id: string | number;
}>;


export type SubjectNameQuery = { node:
    | { __typename: 'AccessPoint', code: string }
    | { __typename: 'Account', handle: string }
    | { __typename: 'ApiKey', description: string, hint: string }
    | { __typename: 'AuditEvent' }
    | { __typename: 'Mail' }
    | { __typename: 'Passkey' }
    | { __typename: 'Role', name: string }
    | { __typename: 'Session' }
    | { __typename: 'TotpMethod' }
    | { __typename: 'User', qualifiedName: string }
    | { __typename: 'Whitelist', name: string }
   | null };

export type EnrolledPartsFragment = { recoveryCodes: Array<string> | null, method:
    | { __typename: 'Passkey', id: string, name: string }
    | { __typename: 'TotpMethod', id: string, name: string }
   | null, viewer: { ip: string, permissions: Array<string>, assurance: Assurance, user: { id: string, kind: UserKind, name: string, loginName: string, qualifiedName: string, language: Language }, account: { id: string, handle: string, name: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> };

export type BeginTotpEnrolmentMutationVariables = Exact<{
  input: BeginTotpEnrolmentInput;
}>;


export type BeginTotpEnrolmentMutation = { beginTotpEnrolment: { challengeToken: string | null, secret: string | null, uri: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type FinishTotpEnrolmentMutationVariables = Exact<{
  input: FinishTotpEnrolmentInput;
}>;


export type FinishTotpEnrolmentMutation = { finishTotpEnrolment: { recoveryCodes: Array<string> | null, method:
      | { __typename: 'Passkey', id: string, name: string }
      | { __typename: 'TotpMethod', id: string, name: string }
     | null, viewer: { ip: string, permissions: Array<string>, assurance: Assurance, user: { id: string, kind: UserKind, name: string, loginName: string, qualifiedName: string, language: Language }, account: { id: string, handle: string, name: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type BeginPasskeyEnrolmentMutationVariables = Exact<{
  input: BeginPasskeyEnrolmentInput;
}>;


export type BeginPasskeyEnrolmentMutation = { beginPasskeyEnrolment: { challengeToken: string | null, options: unknown, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type FinishPasskeyEnrolmentMutationVariables = Exact<{
  input: FinishPasskeyEnrolmentInput;
}>;


export type FinishPasskeyEnrolmentMutation = { finishPasskeyEnrolment: { recoveryCodes: Array<string> | null, method:
      | { __typename: 'Passkey', id: string, name: string }
      | { __typename: 'TotpMethod', id: string, name: string }
     | null, viewer: { ip: string, permissions: Array<string>, assurance: Assurance, user: { id: string, kind: UserKind, name: string, loginName: string, qualifiedName: string, language: Language }, account: { id: string, handle: string, name: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type EventPartsFragment = { id: string, at: string, action: string, outcome: AuditOutcome, actorName: string, targetId: string | null, targetName: string | null, reason: string | null, accessPoint: string | null, ip: string | null, actor: { id: string, kind: UserKind, name: string } | null, apiKey: { id: string, description: string, hint: string } | null, target:
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
   | null, changes: Array<{ field: string, before: string | null, after: string | null }> };

export type DecisionPartsFragment = { allowed: boolean, reason: AccessReason, checks: Array<{ kind: AccessCheckKind, passed: boolean, detail: string, decidedBy:
      | { __typename: 'AccessPoint', id: string }
      | { __typename: 'Account', id: string }
      | { __typename: 'ApiKey', id: string }
      | { __typename: 'AuditEvent', id: string }
      | { __typename: 'Mail', id: string }
      | { __typename: 'Passkey', id: string }
      | { __typename: 'Role', id: string }
      | { __typename: 'Session', id: string }
      | { __typename: 'TotpMethod', id: string }
      | { __typename: 'User', id: string }
      | { __typename: 'Whitelist', id: string }
     | null }> };

export type AccessDecisionQueryVariables = Exact<{
  request: AccessRequest;
}>;


export type AccessDecisionQuery = { accessDecision: { allowed: boolean, reason: AccessReason, checks: Array<{ kind: AccessCheckKind, passed: boolean, detail: string, decidedBy:
        | { __typename: 'AccessPoint', id: string }
        | { __typename: 'Account', id: string }
        | { __typename: 'ApiKey', id: string }
        | { __typename: 'AuditEvent', id: string }
        | { __typename: 'Mail', id: string }
        | { __typename: 'Passkey', id: string }
        | { __typename: 'Role', id: string }
        | { __typename: 'Session', id: string }
        | { __typename: 'TotpMethod', id: string }
        | { __typename: 'User', id: string }
        | { __typename: 'Whitelist', id: string }
       | null }> } | null };

export type ExplainChoicesQueryVariables = Exact<{
  id: string | number;
  whitelists: boolean;
  keys: boolean;
  doors: boolean;
}>;


export type ExplainChoicesQuery = { user: { id: string, seenAddresses?: Array<{ cidr: string, lastAt: string }> | null, apiKeys?: { nodes: Array<{ id: string, description: string, hint: string, whitelists?: Array<{ id: string, name: string }> | null }> } | null } | null, accessPoints?: Array<{ id: string, code: string, whitelistsReportOnly: boolean, whitelists?: Array<{ id: string, name: string }> | null }> | null };

export type SetUpAccountMutationVariables = Exact<{
  input: SetUpAccountInput;
}>;


export type SetUpAccountMutation = { setUpAccount: { next: SignInNext | null, challenge: { token: string, methods: Array<ProofKind>, expiresAt: string } | null, viewer: { ip: string, permissions: Array<string>, assurance: Assurance, user: { id: string, kind: UserKind, name: string, loginName: string, qualifiedName: string, language: Language }, account: { id: string, handle: string, name: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;


export type RequestPasswordResetMutation = { requestPasswordReset: { userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type BeginSetPasswordMutationVariables = Exact<{
  input: BeginSetPasswordInput;
}>;


export type BeginSetPasswordMutation = { beginSetPassword: { accountHandle: string | null, loginName: string | null, passwordMinLength: number | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type SetPasswordMutationVariables = Exact<{
  input: SetPasswordInput;
}>;


export type SetPasswordMutation = { setPassword: { next: SignInNext | null, challenge: { token: string, methods: Array<ProofKind>, expiresAt: string } | null, viewer: { ip: string, permissions: Array<string>, assurance: Assurance, user: { id: string, kind: UserKind, name: string, loginName: string, qualifiedName: string, language: Language }, account: { id: string, handle: string, name: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type ConfirmEmailMutationVariables = Exact<{
  input: ConfirmEmailInput;
}>;


export type ConfirmEmailMutation = { confirmEmail: { userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type HomeSomeFragment = { totalCount: number | null, nodes: Array<{ id: string, name: string }> };

export type HomePeopleQueryVariables = Exact<{
  unseenSince: string;
}>;


export type HomePeopleQuery = { all: { totalCount: number | null } | null, noFactor: { totalCount: number | null, nodes: Array<{ id: string, name: string }> } | null, locked: { totalCount: number | null, nodes: Array<{ id: string, name: string }> } | null, invited: { totalCount: number | null, nodes: Array<{ id: string, name: string }> } | null, unseen: { totalCount: number | null, nodes: Array<{ id: string, name: string }> } | null };

export type HomeFirstStepsQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeFirstStepsQuery = { roles: { nodes: Array<{ id: string, builtIn: boolean }> } | null, people: { nodes: Array<{ id: string }> } | null, applications: { nodes: Array<{ id: string }> } | null };

export type HomeOwnQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeOwnQuery = { viewer: { user: { id: string, mfa: { enrolled: boolean, recoveryCodesRemaining: number } } } | null };

export type HomeLatelyQueryVariables = Exact<{
  filter?: AuditEventFilter | null | undefined;
}>;


export type HomeLatelyQuery = { auditEvents: { nodes: Array<{ id: string, at: string, action: string, outcome: AuditOutcome, actorName: string, targetId: string | null, targetName: string | null, reason: string | null, accessPoint: string | null, ip: string | null, actor: { id: string, kind: UserKind, name: string } | null, apiKey: { id: string, description: string, hint: string } | null, target:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
       | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> } | null };

export type KeyRowFragment = { id: string, description: string, hint: string, status: ApiKeyStatus, permissions: Array<string>, restrictedTo: Array<string> | null, createdAt: string, expiresAt: string | null, lastUsedAt: string | null, lastUsedIp: string | null, revokedAt: string | null, revision: number, user: { id: string, kind: UserKind, status: UserStatus, name: string, qualifiedName: string }, accessPoints: Array<{ id: string, code: string }>, replaces: { id: string, description: string, hint: string } | null, replacedBy: { id: string, description: string, hint: string } | null };

export type ApiKeysQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: ApiKeyFilter | null | undefined;
}>;


export type ApiKeysQuery = { apiKeys: { totalCount: number | null, nodes: Array<{ id: string, description: string, hint: string, status: ApiKeyStatus, permissions: Array<string>, restrictedTo: Array<string> | null, createdAt: string, expiresAt: string | null, lastUsedAt: string | null, lastUsedIp: string | null, revokedAt: string | null, revision: number, user: { id: string, kind: UserKind, status: UserStatus, name: string, qualifiedName: string }, accessPoints: Array<{ id: string, code: string }>, replaces: { id: string, description: string, hint: string } | null, replacedBy: { id: string, description: string, hint: string } | null }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type EndedKeyCountQueryVariables = Exact<{
  userId: string | number;
}>;


export type EndedKeyCountQuery = { apiKeys: { totalCount: number | null } | null };

export type KeyOwnerFragment = { id: string, kind: UserKind, status: UserStatus, name: string, qualifiedName: string, viewerCanManage: boolean, permissions: Array<string>, accessPoints: Array<{ id: string, code: string, name: string, description: string, kind: AccessPointKind, builtIn: boolean }> };

export type KeyOwnerQueryVariables = Exact<{
  id: string | number;
}>;


export type KeyOwnerQuery = { user: { id: string, kind: UserKind, status: UserStatus, name: string, qualifiedName: string, viewerCanManage: boolean, permissions: Array<string>, accessPoints: Array<{ id: string, code: string, name: string, description: string, kind: AccessPointKind, builtIn: boolean }> } | null };

export type KeyDetailsFragment = { id: string, description: string, hint: string, status: ApiKeyStatus, permissions: Array<string>, restrictedTo: Array<string> | null, createdAt: string, expiresAt: string | null, lastUsedAt: string | null, lastUsedIp: string | null, revokedAt: string | null, revision: number, user: { id: string, kind: UserKind, status: UserStatus, name: string, qualifiedName: string, viewerCanManage: boolean, permissions: Array<string>, accessPoints: Array<{ id: string, code: string, name: string, description: string, kind: AccessPointKind, builtIn: boolean }> }, accessPoints: Array<{ id: string, code: string, name: string, description: string, kind: AccessPointKind, builtIn: boolean }>, whitelists?: Array<{ id: string, name: string, userCount: number, entries: Array<{ cidr: string }> }> | null, createdBy: { id: string, qualifiedName: string } | null, replaces: { id: string, description: string, hint: string } | null, replacedBy: { id: string, description: string, hint: string } | null };

export type KeyDetailsQueryVariables = Exact<{
  id: string | number;
  whitelists: boolean;
}>;


export type KeyDetailsQuery = { node:
    | { __typename: 'AccessPoint' }
    | { __typename: 'Account' }
    | { __typename: 'ApiKey', id: string, description: string, hint: string, status: ApiKeyStatus, permissions: Array<string>, restrictedTo: Array<string> | null, createdAt: string, expiresAt: string | null, lastUsedAt: string | null, lastUsedIp: string | null, revokedAt: string | null, revision: number, user: { id: string, kind: UserKind, status: UserStatus, name: string, qualifiedName: string, viewerCanManage: boolean, permissions: Array<string>, accessPoints: Array<{ id: string, code: string, name: string, description: string, kind: AccessPointKind, builtIn: boolean }> }, accessPoints: Array<{ id: string, code: string, name: string, description: string, kind: AccessPointKind, builtIn: boolean }>, whitelists?: Array<{ id: string, name: string, userCount: number, entries: Array<{ cidr: string }> }> | null, createdBy: { id: string, qualifiedName: string } | null, replaces: { id: string, description: string, hint: string } | null, replacedBy: { id: string, description: string, hint: string } | null }
    | { __typename: 'AuditEvent' }
    | { __typename: 'Mail' }
    | { __typename: 'Passkey' }
    | { __typename: 'Role' }
    | { __typename: 'Session' }
    | { __typename: 'TotpMethod' }
    | { __typename: 'User' }
    | { __typename: 'Whitelist' }
   | null };

export type KeyRulesQueryVariables = Exact<{ [key: string]: never; }>;


export type KeyRulesQuery = { account: { id: string, policy: { apiKeyMaxLifetimeDays: number | null } } | null, permissionGroups: Array<{ code: string, name: string, permissions: Array<{ code: string, name: string, description: string, verb: string | null, noun: string | null, essential: boolean }> }> | null };

export type CreateApiKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateApiKeyMutation = { createApiKey: { secret: string | null, apiKey: { id: string, description: string, hint: string, status: ApiKeyStatus, permissions: Array<string>, restrictedTo: Array<string> | null, createdAt: string, expiresAt: string | null, lastUsedAt: string | null, lastUsedIp: string | null, revokedAt: string | null, revision: number, user: { id: string, kind: UserKind, status: UserStatus, name: string, qualifiedName: string }, accessPoints: Array<{ id: string, code: string }>, replaces: { id: string, description: string, hint: string } | null, replacedBy: { id: string, description: string, hint: string } | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type RotateApiKeyMutationVariables = Exact<{
  input: RotateApiKeyInput;
}>;


export type RotateApiKeyMutation = { rotateApiKey: { secret: string | null, apiKey: { id: string, description: string, hint: string, status: ApiKeyStatus, permissions: Array<string>, restrictedTo: Array<string> | null, createdAt: string, expiresAt: string | null, lastUsedAt: string | null, lastUsedIp: string | null, revokedAt: string | null, revision: number, user: { id: string, kind: UserKind, status: UserStatus, name: string, qualifiedName: string }, accessPoints: Array<{ id: string, code: string }>, replaces: { id: string, description: string, hint: string } | null, replacedBy: { id: string, description: string, hint: string } | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type RevokeApiKeyMutationVariables = Exact<{
  id: string | number;
}>;


export type RevokeApiKeyMutation = { revokeApiKey: { apiKey: { id: string, status: ApiKeyStatus } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type UpdateApiKeyMutationVariables = Exact<{
  input: UpdateApiKeyInput;
}>;


export type UpdateApiKeyMutation = { updateApiKey: { apiKey: { id: string, description: string, revision: number } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type KeyCountsQueryVariables = Exact<{
  users?: Array<string | number> | string | number | null | undefined;
  soon: string;
  unusedSince: string;
}>;


export type KeyCountsQuery = { all: { totalCount: number | null } | null, live: { totalCount: number | null } | null, expiring: { totalCount: number | null } | null, unused: { totalCount: number | null } | null, ended: { totalCount: number | null } | null };

export type MailRowFragment = { id: string, topic: MailTopic, subject?: string | null, recipient: string, state: MailState, createdAt: string, attempts: number, nextAttemptAt: string | null, sentAt: string | null, failedAt: string | null, problem: MailProblem | null, answer: string | null, resendable: boolean, user: { id: string, name: string, qualifiedName: string, viewerCanManage: boolean } | null };

export type MailsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: MailFilter | null | undefined;
  subjects: boolean;
}>;


export type MailsQuery = { mails: { totalCount: number | null, nodes: Array<{ id: string, topic: MailTopic, subject?: string | null, recipient: string, state: MailState, createdAt: string, attempts: number, nextAttemptAt: string | null, sentAt: string | null, failedAt: string | null, problem: MailProblem | null, answer: string | null, resendable: boolean, user: { id: string, name: string, qualifiedName: string, viewerCanManage: boolean } | null }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type MailCountsQueryVariables = Exact<{
  users?: Array<string | number> | string | number | null | undefined;
}>;


export type MailCountsQuery = { undelivered: { totalCount: number | null } | null, failed: { totalCount: number | null } | null, waiting: { totalCount: number | null } | null, sent: { totalCount: number | null } | null };

export type UndeliveredMailQueryVariables = Exact<{
  id: string | number;
}>;


export type UndeliveredMailQuery = { user: { id: string, undeliveredMail: { id: string, topic: MailTopic, recipient: string, state: MailState, createdAt: string, nextAttemptAt: string | null, problem: MailProblem | null, answer: string | null, resendable: boolean } | null } | null };

export type ResendMailMutationVariables = Exact<{
  id: string | number;
}>;


export type ResendMailMutation = { resendMail: { mail: { id: string, recipient: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type FindAnythingQueryVariables = Exact<{
  query: string;
  users: boolean;
  roles: boolean;
}>;


export type FindAnythingQuery = { users?: { nodes: Array<{ id: string, kind: UserKind, status: UserStatus, name: string, qualifiedName: string }> } | null, roles?: { nodes: Array<{ id: string, name: string, description: string }> } | null };

export type ProfileUserFragment = { id: string, kind: UserKind, name: string, loginName: string, qualifiedName: string, email: string, language: Language, createdAt: string, permissions: Array<string>, roles: Array<{ id: string, name: string, description: string }>, accessPoints: Array<{ id: string, code: string, name: string }>, whitelists: Array<{ id: string, name: string, entries: Array<{ cidr: string }> }> | null, mfa: { required: boolean, enrolled: boolean, recoveryCodesRemaining: number, methods: Array<
      | { __typename: 'Passkey', backedUp: boolean, authenticator: string | null, credentialId: string | null, id: string, name: string, createdAt: string, lastUsedAt: string | null }
      | { __typename: 'TotpMethod', id: string, name: string, createdAt: string, lastUsedAt: string | null }
    > }, sessions: Array<{ id: string, createdAt: string, lastSeenAt: string, ip: string, userAgent: string, current: boolean, accessPoint: { id: string, name: string } | null }> | null };

export type ProfileQueryVariables = Exact<{ [key: string]: never; }>;


export type ProfileQuery = { viewer: { user: { id: string, kind: UserKind, name: string, loginName: string, qualifiedName: string, email: string, language: Language, createdAt: string, permissions: Array<string>, roles: Array<{ id: string, name: string, description: string }>, accessPoints: Array<{ id: string, code: string, name: string }>, whitelists: Array<{ id: string, name: string, entries: Array<{ cidr: string }> }> | null, mfa: { required: boolean, enrolled: boolean, recoveryCodesRemaining: number, methods: Array<
          | { __typename: 'Passkey', backedUp: boolean, authenticator: string | null, credentialId: string | null, id: string, name: string, createdAt: string, lastUsedAt: string | null }
          | { __typename: 'TotpMethod', id: string, name: string, createdAt: string, lastUsedAt: string | null }
        > }, sessions: Array<{ id: string, createdAt: string, lastSeenAt: string, ip: string, userAgent: string, current: boolean, accessPoint: { id: string, name: string } | null }> | null }, account: { id: string, policy: { passwordMinLength: number } } } | null, permissionGroups: Array<{ code: string, name: string, permissions: Array<{ code: string, name: string }> }> | null };

export type RecentSignInsQueryVariables = Exact<{
  id: string | number;
}>;


export type RecentSignInsQuery = { auditEvents: { nodes: Array<{ id: string, at: string, action: string, outcome: AuditOutcome, actorName: string, targetId: string | null, targetName: string | null, reason: string | null, accessPoint: string | null, ip: string | null, actor: { id: string, kind: UserKind, name: string } | null, apiKey: { id: string, description: string, hint: string } | null, target:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
       | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> } | null };

export type ProfileEventsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ProfileEventsQuery = { viewer: { user: { id: string, auditEvents: { totalCount: number | null, nodes: Array<{ id: string, at: string, action: string, outcome: AuditOutcome, actorName: string, targetId: string | null, targetName: string | null, reason: string | null, accessPoint: string | null, ip: string | null, actor: { id: string, kind: UserKind, name: string } | null, apiKey: { id: string, description: string, hint: string } | null, target:
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
           | null, changes: Array<{ field: string, before: string | null, after: string | null }> }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null } } | null };

export type ChangeEmailMutationVariables = Exact<{
  input: ChangeEmailInput;
}>;


export type ChangeEmailMutation = { changeEmail: { userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { changePassword: { userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type RenameMfaMethodMutationVariables = Exact<{
  input: RenameMfaMethodInput;
}>;


export type RenameMfaMethodMutation = { renameMfaMethod: { method:
      | { id: string, name: string }
      | { id: string, name: string }
     | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type RemoveMfaMethodMutationVariables = Exact<{
  input: RemoveMfaMethodInput;
}>;


export type RemoveMfaMethodMutation = { removeMfaMethod: { userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type RegenerateRecoveryCodesMutationVariables = Exact<{ [key: string]: never; }>;


export type RegenerateRecoveryCodesMutation = { regenerateRecoveryCodes: { recoveryCodes: Array<string> | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type EndOwnSessionMutationVariables = Exact<{
  input: RevokeSessionInput;
}>;


export type EndOwnSessionMutation = { revokeSession: { userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type EndOtherSessionsMutationVariables = Exact<{ [key: string]: never; }>;


export type EndOtherSessionsMutation = { revokeOtherSessions: { userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type ReportPartsFragment = { refusals: number, addressCount: number, addresses: Array<{ cidr: string, refusals: number, lastAt: string }> };

export type WhitelistReportQueryVariables = Exact<{
  id: string | number;
}>;


export type WhitelistReportQuery = { node:
    | { __typename: 'AccessPoint', id: string, whitelistReport: { refusals: number, addressCount: number, addresses: Array<{ cidr: string, refusals: number, lastAt: string }> } | null }
    | { __typename: 'Account' }
    | { __typename: 'ApiKey' }
    | { __typename: 'AuditEvent' }
    | { __typename: 'Mail' }
    | { __typename: 'Passkey' }
    | { __typename: 'Role' }
    | { __typename: 'Session' }
    | { __typename: 'TotpMethod' }
    | { __typename: 'User', id: string, whitelistReport: { refusals: number, addressCount: number, addresses: Array<{ cidr: string, refusals: number, lastAt: string }> } | null }
    | { __typename: 'Whitelist' }
   | null };

export type SeenAddressesQueryVariables = Exact<{
  id: string | number;
}>;


export type SeenAddressesQuery = { node:
    | { __typename: 'AccessPoint', id: string, seenAddresses: Array<{ cidr: string, lastAt: string }> | null }
    | { __typename: 'Account' }
    | { __typename: 'ApiKey' }
    | { __typename: 'AuditEvent' }
    | { __typename: 'Mail' }
    | { __typename: 'Passkey' }
    | { __typename: 'Role' }
    | { __typename: 'Session' }
    | { __typename: 'TotpMethod' }
    | { __typename: 'User', id: string, seenAddresses: Array<{ cidr: string, lastAt: string }> | null }
    | { __typename: 'Whitelist' }
   | null };

export type ExtensibleWhitelistFragment = { id: string, name: string, revision: number, userCount: number, entries: Array<{ cidr: string, note: string }> };

export type ExtensibleWhitelistsQueryVariables = Exact<{
  id: string | number;
}>;


export type ExtensibleWhitelistsQuery = { node:
    | { __typename: 'AccessPoint', id: string, whitelists: Array<{ id: string, name: string, revision: number, userCount: number, entries: Array<{ cidr: string, note: string }> }> | null }
    | { __typename: 'Account' }
    | { __typename: 'ApiKey' }
    | { __typename: 'AuditEvent' }
    | { __typename: 'Mail' }
    | { __typename: 'Passkey' }
    | { __typename: 'Role' }
    | { __typename: 'Session' }
    | { __typename: 'TotpMethod' }
    | { __typename: 'User', id: string, whitelists: Array<{ id: string, name: string, revision: number, userCount: number, entries: Array<{ cidr: string, note: string }> }> | null }
    | { __typename: 'Whitelist' }
   | null };

export type RoleRowFragment = { id: string, name: string, description: string, builtIn: boolean, permissions: Array<string>, userCount: number, revision: number, viewerCanAssign: boolean };

export type RolesPageQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: RoleFilter | null | undefined;
}>;


export type RolesPageQuery = { roles: { totalCount: number | null, nodes: Array<{ id: string, name: string, description: string, builtIn: boolean, permissions: Array<string>, userCount: number, revision: number, viewerCanAssign: boolean }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type PermissionCatalogueQueryVariables = Exact<{ [key: string]: never; }>;


export type PermissionCatalogueQuery = { permissionGroups: Array<{ code: string, name: string, permissions: Array<{ code: string, name: string, description: string, verb: string | null, noun: string | null, essential: boolean }> }> | null, builtInRoles: { nodes: Array<{ id: string, builtIn: boolean, viewerCanAssign: boolean }> } | null };

export type RoleDetailsFragment = { retiredPermissions: Array<string>, updatedAt: string, id: string, name: string, description: string, builtIn: boolean, permissions: Array<string>, userCount: number, revision: number, viewerCanAssign: boolean };

export type RolePageQueryVariables = Exact<{
  id: string | number;
  holders: boolean;
}>;


export type RolePageQuery = { node:
    | { __typename: 'AccessPoint' }
    | { __typename: 'Account' }
    | { __typename: 'ApiKey' }
    | { __typename: 'AuditEvent' }
    | { __typename: 'Mail' }
    | { __typename: 'Passkey' }
    | { __typename: 'Role', retiredPermissions: Array<string>, updatedAt: string, id: string, name: string, description: string, builtIn: boolean, permissions: Array<string>, userCount: number, revision: number, viewerCanAssign: boolean, users?: { nodes: Array<{ id: string, kind: UserKind, status: UserStatus, name: string, qualifiedName: string }> } | null }
    | { __typename: 'Session' }
    | { __typename: 'TotpMethod' }
    | { __typename: 'User' }
    | { __typename: 'Whitelist' }
   | null };

export type CreateRoleMutationVariables = Exact<{
  input: CreateRoleInput;
}>;


export type CreateRoleMutation = { createRole: { role: { id: string, name: string, description: string, builtIn: boolean, permissions: Array<string>, userCount: number, revision: number, viewerCanAssign: boolean } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type UpdateRoleMutationVariables = Exact<{
  input: UpdateRoleInput;
}>;


export type UpdateRoleMutation = { updateRole: { role: { retiredPermissions: Array<string>, updatedAt: string, id: string, name: string, description: string, builtIn: boolean, permissions: Array<string>, userCount: number, revision: number, viewerCanAssign: boolean } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type DuplicateRoleMutationVariables = Exact<{
  input: DuplicateRoleInput;
}>;


export type DuplicateRoleMutation = { duplicateRole: { role: { id: string, name: string, description: string, builtIn: boolean, permissions: Array<string>, userCount: number, revision: number, viewerCanAssign: boolean } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type DeleteRoleMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteRoleMutation = { deleteRole: { deletedId: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type UserErrorPartsFragment = { code: UserErrorCode, field: Array<string>, message: string };

export type ViewerPartsFragment = { ip: string, permissions: Array<string>, assurance: Assurance, user: { id: string, kind: UserKind, name: string, loginName: string, qualifiedName: string, language: Language }, account: { id: string, handle: string, name: string } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { ip: string, permissions: Array<string>, assurance: Assurance, user: { id: string, kind: UserKind, name: string, loginName: string, qualifiedName: string, language: Language }, account: { id: string, handle: string, name: string } } | null };

export type SignInPartsFragment = { next: SignInNext | null, challenge: { token: string, methods: Array<ProofKind>, expiresAt: string } | null, viewer: { ip: string, permissions: Array<string>, assurance: Assurance, user: { id: string, kind: UserKind, name: string, loginName: string, qualifiedName: string, language: Language }, account: { id: string, handle: string, name: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { next: SignInNext | null, challenge: { token: string, methods: Array<ProofKind>, expiresAt: string } | null, viewer: { ip: string, permissions: Array<string>, assurance: Assurance, user: { id: string, kind: UserKind, name: string, loginName: string, qualifiedName: string, language: Language }, account: { id: string, handle: string, name: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type VerifyTotpMutationVariables = Exact<{
  input: VerifyTotpInput;
}>;


export type VerifyTotpMutation = { verifyTotp: { next: SignInNext | null, challenge: { token: string, methods: Array<ProofKind>, expiresAt: string } | null, viewer: { ip: string, permissions: Array<string>, assurance: Assurance, user: { id: string, kind: UserKind, name: string, loginName: string, qualifiedName: string, language: Language }, account: { id: string, handle: string, name: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type VerifyRecoveryCodeMutationVariables = Exact<{
  input: VerifyRecoveryCodeInput;
}>;


export type VerifyRecoveryCodeMutation = { verifyRecoveryCode: { next: SignInNext | null, challenge: { token: string, methods: Array<ProofKind>, expiresAt: string } | null, viewer: { ip: string, permissions: Array<string>, assurance: Assurance, user: { id: string, kind: UserKind, name: string, loginName: string, qualifiedName: string, language: Language }, account: { id: string, handle: string, name: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type BeginPasskeySignInMutationVariables = Exact<{
  input: BeginPasskeySignInInput;
}>;


export type BeginPasskeySignInMutation = { beginPasskeySignIn: { challengeToken: string | null, options: unknown, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type FinishPasskeySignInMutationVariables = Exact<{
  input: FinishPasskeySignInInput;
}>;


export type FinishPasskeySignInMutation = { finishPasskeySignIn: { next: SignInNext | null, challenge: { token: string, methods: Array<ProofKind>, expiresAt: string } | null, viewer: { ip: string, permissions: Array<string>, assurance: Assurance, user: { id: string, kind: UserKind, name: string, loginName: string, qualifiedName: string, language: Language }, account: { id: string, handle: string, name: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type VerifyPasswordMutationVariables = Exact<{
  input: VerifyPasswordInput;
}>;


export type VerifyPasswordMutation = { verifyPassword: { next: SignInNext | null, challenge: { token: string, methods: Array<ProofKind>, expiresAt: string } | null, viewer: { ip: string, permissions: Array<string>, assurance: Assurance, user: { id: string, kind: UserKind, name: string, loginName: string, qualifiedName: string, language: Language }, account: { id: string, handle: string, name: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type BeginStepUpMutationVariables = Exact<{ [key: string]: never; }>;


export type BeginStepUpMutation = { beginStepUp: { challenge: { token: string, methods: Array<ProofKind>, expiresAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: { userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type UpdateViewerMutationVariables = Exact<{
  input: UpdateViewerInput;
}>;


export type UpdateViewerMutation = { updateViewer: { user: { id: string, name: string, language: Language } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type AccountSettingsFragment = { id: string, handle: string, name: string, revision: number, policy: { mfaForced: boolean, passwordMinLength: number, sessionIdleMinutes: number, sessionMaxHours: number, apiKeyMaxLifetimeDays: number | null, revision: number } };

export type AccountSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountSettingsQuery = { account: { id: string, handle: string, name: string, revision: number, policy: { mfaForced: boolean, passwordMinLength: number, sessionIdleMinutes: number, sessionMaxHours: number, apiKeyMaxLifetimeDays: number | null, revision: number } } | null };

export type WhoIsForcedQueryVariables = Exact<{
  people: boolean;
}>;


export type WhoIsForcedQuery = { viewer: { user: { id: string, mfa: { enrolled: boolean } } } | null, active?: { totalCount: number | null, nodes: Array<{ id: string, name: string }> } | null, invited?: { totalCount: number | null } | null };

export type UpdateAccountMutationVariables = Exact<{
  input: UpdateAccountInput;
}>;


export type UpdateAccountMutation = { updateAccount: { account: { id: string, handle: string, name: string, revision: number, policy: { mfaForced: boolean, passwordMinLength: number, sessionIdleMinutes: number, sessionMaxHours: number, apiKeyMaxLifetimeDays: number | null, revision: number } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type UpdateAccountPolicyMutationVariables = Exact<{
  input: UpdateAccountPolicyInput;
}>;


export type UpdateAccountPolicyMutation = { updateAccountPolicy: { account: { id: string, handle: string, name: string, revision: number, policy: { mfaForced: boolean, passwordMinLength: number, sessionIdleMinutes: number, sessionMaxHours: number, apiKeyMaxLifetimeDays: number | null, revision: number } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type UserRowFragment = { id: string, kind: UserKind, loginName: string, qualifiedName: string, name: string, email: string, status: UserStatus, lockedUntil: string | null, lastSignInAt: string | null, viewerCanManage: boolean, roles: Array<{ id: string, name: string, builtIn: boolean }>, accessPoints: Array<{ id: string, code: string, name: string, kind: AccessPointKind }>, mfa: { required: boolean, enrolled: boolean, methods: Array<
      | { __typename: 'Passkey', id: string }
      | { __typename: 'TotpMethod', id: string }
    > } };

export type UsersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: UserFilter | null | undefined;
  orderBy?: UserOrder | null | undefined;
}>;


export type UsersQuery = { users: { totalCount: number | null, nodes: Array<{ id: string, kind: UserKind, loginName: string, qualifiedName: string, name: string, email: string, status: UserStatus, lockedUntil: string | null, lastSignInAt: string | null, viewerCanManage: boolean, roles: Array<{ id: string, name: string, builtIn: boolean }>, accessPoints: Array<{ id: string, code: string, name: string, kind: AccessPointKind }>, mfa: { required: boolean, enrolled: boolean, methods: Array<
          | { __typename: 'Passkey', id: string }
          | { __typename: 'TotpMethod', id: string }
        > } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type UserCountsQueryVariables = Exact<{
  unseenSince: string;
}>;


export type UserCountsQuery = { all: { totalCount: number | null } | null, people: { totalCount: number | null } | null, applications: { totalCount: number | null } | null, noFactor: { totalCount: number | null } | null, unseen: { totalCount: number | null } | null, invited: { totalCount: number | null } | null, locked: { totalCount: number | null } | null, deactivated: { totalCount: number | null } | null };

export type UserFilterChoicesQueryVariables = Exact<{
  whitelists: boolean;
}>;


export type UserFilterChoicesQuery = { roles: { nodes: Array<{ id: string, name: string }> } | null, accessPoints: Array<{ id: string, code: string, name: string }> | null, whitelists?: { nodes: Array<{ id: string, name: string }> } | null };

export type WhitelistChoiceFragment = { id: string, name: string, userCount: number, entries: Array<{ cidr: string }> };

export type UserDetailsFragment = { language: Language, mfaForced: boolean, permissions: Array<string>, whitelistsReportOnly: boolean, createdAt: string, revision: number, id: string, kind: UserKind, loginName: string, qualifiedName: string, name: string, email: string, status: UserStatus, lockedUntil: string | null, lastSignInAt: string | null, viewerCanManage: boolean, permissionOrigins: Array<{ permission: string, roles: Array<{ id: string }> }>, whitelists: Array<{ id: string, name: string, userCount: number, entries: Array<{ cidr: string }> }> | null, mfa: { required: boolean, enrolled: boolean, recoveryCodesRemaining: number, methods: Array<
      | { __typename: 'Passkey', id: string, name: string, createdAt: string, lastUsedAt: string | null }
      | { __typename: 'TotpMethod', id: string, name: string, createdAt: string, lastUsedAt: string | null }
    > }, sessions: Array<{ id: string, createdAt: string, lastSeenAt: string, expiresAt: string, ip: string, userAgent: string, current: boolean, accessPoint: { id: string, name: string } | null }> | null, createdBy: { id: string, name: string, qualifiedName: string } | null, roles: Array<{ id: string, name: string, builtIn: boolean }>, accessPoints: Array<{ id: string, code: string, name: string, kind: AccessPointKind }> };

export type UserDetailsQueryVariables = Exact<{
  id: string | number;
}>;


export type UserDetailsQuery = { user: { language: Language, mfaForced: boolean, permissions: Array<string>, whitelistsReportOnly: boolean, createdAt: string, revision: number, id: string, kind: UserKind, loginName: string, qualifiedName: string, name: string, email: string, status: UserStatus, lockedUntil: string | null, lastSignInAt: string | null, viewerCanManage: boolean, permissionOrigins: Array<{ permission: string, roles: Array<{ id: string }> }>, whitelists: Array<{ id: string, name: string, userCount: number, entries: Array<{ cidr: string }> }> | null, mfa: { required: boolean, enrolled: boolean, recoveryCodesRemaining: number, methods: Array<
        | { __typename: 'Passkey', id: string, name: string, createdAt: string, lastUsedAt: string | null }
        | { __typename: 'TotpMethod', id: string, name: string, createdAt: string, lastUsedAt: string | null }
      > }, sessions: Array<{ id: string, createdAt: string, lastSeenAt: string, expiresAt: string, ip: string, userAgent: string, current: boolean, accessPoint: { id: string, name: string } | null }> | null, createdBy: { id: string, name: string, qualifiedName: string } | null, roles: Array<{ id: string, name: string, builtIn: boolean }>, accessPoints: Array<{ id: string, code: string, name: string, kind: AccessPointKind }> } | null };

export type UserCatalogueQueryVariables = Exact<{ [key: string]: never; }>;


export type UserCatalogueQuery = { permissionGroups: Array<{ code: string, name: string, permissions: Array<{ code: string, name: string, essential: boolean }> }> | null, accessPoints: Array<{ id: string, code: string, name: string, description: string, kind: AccessPointKind, builtIn: boolean }> | null, account: { id: string, policy: { mfaForced: boolean, passwordMinLength: number } } | null };

export type UserActivityQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type UserActivityQuery = { user: { id: string, auditEvents: { totalCount: number | null, nodes: Array<{ id: string, at: string, action: string, outcome: AuditOutcome, actorName: string, targetId: string | null, targetName: string | null, reason: string | null, accessPoint: string | null, ip: string | null, actor: { id: string, kind: UserKind, name: string } | null, apiKey: { id: string, description: string, hint: string } | null, target:
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
         | null, changes: Array<{ field: string, before: string | null, after: string | null }> }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null } | null };

export type UserSessionCountQueryVariables = Exact<{
  id: string | number;
}>;


export type UserSessionCountQuery = { user: { id: string, sessions: Array<{ id: string }> | null } | null };

export type RoleChoicesQueryVariables = Exact<{
  query?: string | null | undefined;
}>;


export type RoleChoicesQuery = { roles: { totalCount: number | null, nodes: Array<{ id: string, name: string, description: string, builtIn: boolean, permissions: Array<string>, viewerCanAssign: boolean }> } | null };

export type WhitelistChoicesQueryVariables = Exact<{
  query?: string | null | undefined;
}>;


export type WhitelistChoicesQuery = { whitelists: { totalCount: number | null, nodes: Array<{ id: string, name: string, userCount: number, entries: Array<{ cidr: string }> }> } | null };

export type FreeLoginNameQueryVariables = Exact<{
  wanted: string;
  first: string;
  second: string;
  third: string;
}>;


export type FreeLoginNameQuery = { wanted: { id: string } | null, first: { id: string } | null, second: { id: string } | null, third: { id: string } | null };

export type UserPayloadPartsFragment = { user: { id: string, kind: UserKind, name: string, qualifiedName: string, status: UserStatus, email: string, language: Language } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> };

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
}>;


export type CreateUserMutation = { createUser: { user: { id: string, kind: UserKind, name: string, qualifiedName: string, status: UserStatus, email: string, language: Language } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type UpdateUserMutationVariables = Exact<{
  input: UpdateUserInput;
}>;


export type UpdateUserMutation = { updateUser: { user: { id: string, kind: UserKind, name: string, qualifiedName: string, status: UserStatus, email: string, language: Language } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type DeactivateUserMutationVariables = Exact<{
  id: string | number;
}>;


export type DeactivateUserMutation = { deactivateUser: { user: { id: string, kind: UserKind, name: string, qualifiedName: string, status: UserStatus, email: string, language: Language } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type ReactivateUserMutationVariables = Exact<{
  id: string | number;
}>;


export type ReactivateUserMutation = { reactivateUser: { user: { id: string, kind: UserKind, name: string, qualifiedName: string, status: UserStatus, email: string, language: Language } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type UnlockUserMutationVariables = Exact<{
  id: string | number;
}>;


export type UnlockUserMutation = { unlockUser: { user: { id: string, kind: UserKind, name: string, qualifiedName: string, status: UserStatus, email: string, language: Language } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type ResendWelcomeMutationVariables = Exact<{
  id: string | number;
}>;


export type ResendWelcomeMutation = { resendWelcome: { user: { id: string, kind: UserKind, name: string, qualifiedName: string, status: UserStatus, email: string, language: Language } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type ResetUserMfaMutationVariables = Exact<{
  id: string | number;
}>;


export type ResetUserMfaMutation = { resetUserMfa: { user: { id: string, kind: UserKind, name: string, qualifiedName: string, status: UserStatus, email: string, language: Language } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type EndUserSessionMutationVariables = Exact<{
  id: string | number;
}>;


export type EndUserSessionMutation = { revokeSession: { user: { id: string, kind: UserKind, name: string, qualifiedName: string, status: UserStatus, email: string, language: Language } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type WhitelistRowFragment = { id: string, name: string, userCount: number, entries: Array<{ cidr: string, note: string }>, accessPoints: Array<{ id: string, code: string }> | null };

export type WhitelistsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: WhitelistFilter | null | undefined;
}>;


export type WhitelistsQuery = { whitelists: { totalCount: number | null, nodes: Array<{ id: string, name: string, userCount: number, entries: Array<{ cidr: string, note: string }>, accessPoints: Array<{ id: string, code: string }> | null }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type WhitelistDetailsFragment = { revision: number, id: string, name: string, userCount: number, users?: { nodes: Array<{ id: string, kind: UserKind, status: UserStatus, name: string, qualifiedName: string }> } | null, entries: Array<{ cidr: string, note: string }>, accessPoints: Array<{ id: string, code: string }> | null };

export type WhitelistDetailsQueryVariables = Exact<{
  id: string | number;
  users: boolean;
}>;


export type WhitelistDetailsQuery = { node:
    | { __typename: 'AccessPoint' }
    | { __typename: 'Account' }
    | { __typename: 'ApiKey' }
    | { __typename: 'AuditEvent' }
    | { __typename: 'Mail' }
    | { __typename: 'Passkey' }
    | { __typename: 'Role' }
    | { __typename: 'Session' }
    | { __typename: 'TotpMethod' }
    | { __typename: 'User' }
    | { __typename: 'Whitelist', revision: number, id: string, name: string, userCount: number, users?: { nodes: Array<{ id: string, kind: UserKind, status: UserStatus, name: string, qualifiedName: string }> } | null, entries: Array<{ cidr: string, note: string }>, accessPoints: Array<{ id: string, code: string }> | null }
   | null };

export type AskedOfViewerQueryVariables = Exact<{
  doors: boolean;
}>;


export type AskedOfViewerQuery = { viewer: { user: { id: string, whitelists: Array<{ id: string, entries: Array<{ cidr: string }> }> | null } } | null, accessPoints?: Array<{ id: string, code: string, whitelists: Array<{ id: string, entries: Array<{ cidr: string }> }> | null }> | null };

export type WhitelistReachQueryVariables = Exact<{
  id: string | number;
  codes: Array<string> | string;
}>;


export type WhitelistReachQuery = { through: { totalCount: number | null } | null, both: { totalCount: number | null } | null };

export type CreateWhitelistMutationVariables = Exact<{
  input: CreateWhitelistInput;
}>;


export type CreateWhitelistMutation = { createWhitelist: { whitelist: { id: string, name: string, userCount: number, entries: Array<{ cidr: string }> } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type UpdateWhitelistMutationVariables = Exact<{
  input: UpdateWhitelistInput;
}>;


export type UpdateWhitelistMutation = { updateWhitelist: { whitelist: { id: string, name: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type DeleteWhitelistMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteWhitelistMutation = { deleteWhitelist: { deletedId: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const AccessPointRowFragmentDoc = new TypedDocumentString(`
    fragment AccessPointRow on AccessPoint {
  id
  code
  name
  description
  kind
  builtIn
  userCount
}
    `, {"fragmentName":"AccessPointRow"}) as unknown as TypedDocumentString<AccessPointRowFragment, unknown>;
export const WhitelistChoiceFragmentDoc = new TypedDocumentString(`
    fragment WhitelistChoice on Whitelist {
  id
  name
  userCount
  entries {
    cidr
  }
}
    `, {"fragmentName":"WhitelistChoice"}) as unknown as TypedDocumentString<WhitelistChoiceFragment, unknown>;
export const AccessPointDetailsFragmentDoc = new TypedDocumentString(`
    fragment AccessPointDetails on AccessPoint {
  ...AccessPointRow
  origins
  revision
  whitelistsReportOnly
  secretRotatedAt
  viewerCanManage
  whitelists {
    ...WhitelistChoice
  }
}
    fragment AccessPointRow on AccessPoint {
  id
  code
  name
  description
  kind
  builtIn
  userCount
}
fragment WhitelistChoice on Whitelist {
  id
  name
  userCount
  entries {
    cidr
  }
}`, {"fragmentName":"AccessPointDetails"}) as unknown as TypedDocumentString<AccessPointDetailsFragment, unknown>;
export const ViewerPartsFragmentDoc = new TypedDocumentString(`
    fragment ViewerParts on Viewer {
  user {
    id
    kind
    name
    loginName
    qualifiedName
    language
  }
  account {
    id
    handle
    name
  }
  ip
  permissions
  assurance
}
    `, {"fragmentName":"ViewerParts"}) as unknown as TypedDocumentString<ViewerPartsFragment, unknown>;
export const UserErrorPartsFragmentDoc = new TypedDocumentString(`
    fragment UserErrorParts on UserError {
  code
  field
  message
}
    `, {"fragmentName":"UserErrorParts"}) as unknown as TypedDocumentString<UserErrorPartsFragment, unknown>;
export const EnrolledPartsFragmentDoc = new TypedDocumentString(`
    fragment EnrolledParts on FinishEnrolmentPayload {
  method {
    __typename
    id
    name
  }
  recoveryCodes
  viewer {
    ...ViewerParts
  }
  userErrors {
    ...UserErrorParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment ViewerParts on Viewer {
  user {
    id
    kind
    name
    loginName
    qualifiedName
    language
  }
  account {
    id
    handle
    name
  }
  ip
  permissions
  assurance
}`, {"fragmentName":"EnrolledParts"}) as unknown as TypedDocumentString<EnrolledPartsFragment, unknown>;
export const EventPartsFragmentDoc = new TypedDocumentString(`
    fragment EventParts on AuditEvent {
  id
  at
  action
  outcome
  actor {
    id
    kind
    name
  }
  actorName
  apiKey {
    id
    description
    hint
  }
  target {
    id
  }
  targetId
  targetName
  reason
  accessPoint
  ip
  changes {
    field
    before
    after
  }
}
    `, {"fragmentName":"EventParts"}) as unknown as TypedDocumentString<EventPartsFragment, unknown>;
export const DecisionPartsFragmentDoc = new TypedDocumentString(`
    fragment DecisionParts on AccessDecision {
  allowed
  reason
  checks {
    kind
    passed
    detail
    decidedBy {
      __typename
      id
    }
  }
}
    `, {"fragmentName":"DecisionParts"}) as unknown as TypedDocumentString<DecisionPartsFragment, unknown>;
export const HomeSomeFragmentDoc = new TypedDocumentString(`
    fragment HomeSome on UserConnection {
  nodes {
    id
    name
  }
  totalCount
}
    `, {"fragmentName":"HomeSome"}) as unknown as TypedDocumentString<HomeSomeFragment, unknown>;
export const KeyRowFragmentDoc = new TypedDocumentString(`
    fragment KeyRow on ApiKey {
  id
  description
  hint
  status
  user {
    id
    kind
    status
    name
    qualifiedName
  }
  accessPoints {
    id
    code
  }
  permissions
  restrictedTo
  replaces {
    id
    description
    hint
  }
  replacedBy {
    id
    description
    hint
  }
  createdAt
  expiresAt
  lastUsedAt
  lastUsedIp
  revokedAt
  revision
}
    `, {"fragmentName":"KeyRow"}) as unknown as TypedDocumentString<KeyRowFragment, unknown>;
export const KeyOwnerFragmentDoc = new TypedDocumentString(`
    fragment KeyOwner on User {
  id
  kind
  status
  name
  qualifiedName
  viewerCanManage
  permissions
  accessPoints {
    id
    code
    name
    description
    kind
    builtIn
  }
}
    `, {"fragmentName":"KeyOwner"}) as unknown as TypedDocumentString<KeyOwnerFragment, unknown>;
export const KeyDetailsFragmentDoc = new TypedDocumentString(`
    fragment KeyDetails on ApiKey {
  ...KeyRow
  user {
    ...KeyOwner
  }
  accessPoints {
    id
    code
    name
    description
    kind
    builtIn
  }
  whitelists @include(if: $whitelists) {
    ...WhitelistChoice
  }
  createdBy {
    id
    qualifiedName
  }
}
    fragment KeyRow on ApiKey {
  id
  description
  hint
  status
  user {
    id
    kind
    status
    name
    qualifiedName
  }
  accessPoints {
    id
    code
  }
  permissions
  restrictedTo
  replaces {
    id
    description
    hint
  }
  replacedBy {
    id
    description
    hint
  }
  createdAt
  expiresAt
  lastUsedAt
  lastUsedIp
  revokedAt
  revision
}
fragment KeyOwner on User {
  id
  kind
  status
  name
  qualifiedName
  viewerCanManage
  permissions
  accessPoints {
    id
    code
    name
    description
    kind
    builtIn
  }
}
fragment WhitelistChoice on Whitelist {
  id
  name
  userCount
  entries {
    cidr
  }
}`, {"fragmentName":"KeyDetails"}) as unknown as TypedDocumentString<KeyDetailsFragment, unknown>;
export const MailRowFragmentDoc = new TypedDocumentString(`
    fragment MailRow on Mail {
  id
  topic
  subject @include(if: $subjects)
  user {
    id
    name
    qualifiedName
    viewerCanManage
  }
  recipient
  state
  createdAt
  attempts
  nextAttemptAt
  sentAt
  failedAt
  problem
  answer
  resendable
}
    `, {"fragmentName":"MailRow"}) as unknown as TypedDocumentString<MailRowFragment, unknown>;
export const ProfileUserFragmentDoc = new TypedDocumentString(`
    fragment ProfileUser on User {
  id
  kind
  name
  loginName
  qualifiedName
  email
  language
  createdAt
  roles {
    id
    name
    description
  }
  permissions
  accessPoints {
    id
    code
    name
  }
  whitelists {
    id
    name
    entries {
      cidr
    }
  }
  mfa {
    required
    enrolled
    recoveryCodesRemaining
    methods {
      __typename
      id
      name
      createdAt
      lastUsedAt
      ... on Passkey {
        backedUp
        authenticator
        credentialId
      }
    }
  }
  sessions {
    id
    createdAt
    lastSeenAt
    ip
    userAgent
    current
    accessPoint {
      id
      name
    }
  }
}
    `, {"fragmentName":"ProfileUser"}) as unknown as TypedDocumentString<ProfileUserFragment, unknown>;
export const ReportPartsFragmentDoc = new TypedDocumentString(`
    fragment ReportParts on WhitelistReport {
  refusals
  addressCount
  addresses {
    cidr
    refusals
    lastAt
  }
}
    `, {"fragmentName":"ReportParts"}) as unknown as TypedDocumentString<ReportPartsFragment, unknown>;
export const ExtensibleWhitelistFragmentDoc = new TypedDocumentString(`
    fragment ExtensibleWhitelist on Whitelist {
  id
  name
  revision
  userCount
  entries {
    cidr
    note
  }
}
    `, {"fragmentName":"ExtensibleWhitelist"}) as unknown as TypedDocumentString<ExtensibleWhitelistFragment, unknown>;
export const RoleRowFragmentDoc = new TypedDocumentString(`
    fragment RoleRow on Role {
  id
  name
  description
  builtIn
  permissions
  userCount
  revision
  viewerCanAssign
}
    `, {"fragmentName":"RoleRow"}) as unknown as TypedDocumentString<RoleRowFragment, unknown>;
export const RoleDetailsFragmentDoc = new TypedDocumentString(`
    fragment RoleDetails on Role {
  ...RoleRow
  retiredPermissions
  updatedAt
}
    fragment RoleRow on Role {
  id
  name
  description
  builtIn
  permissions
  userCount
  revision
  viewerCanAssign
}`, {"fragmentName":"RoleDetails"}) as unknown as TypedDocumentString<RoleDetailsFragment, unknown>;
export const SignInPartsFragmentDoc = new TypedDocumentString(`
    fragment SignInParts on SignInPayload {
  next
  challenge {
    token
    methods
    expiresAt
  }
  viewer {
    ...ViewerParts
  }
  userErrors {
    ...UserErrorParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment ViewerParts on Viewer {
  user {
    id
    kind
    name
    loginName
    qualifiedName
    language
  }
  account {
    id
    handle
    name
  }
  ip
  permissions
  assurance
}`, {"fragmentName":"SignInParts"}) as unknown as TypedDocumentString<SignInPartsFragment, unknown>;
export const AccountSettingsFragmentDoc = new TypedDocumentString(`
    fragment AccountSettings on Account {
  id
  handle
  name
  revision
  policy {
    mfaForced
    passwordMinLength
    sessionIdleMinutes
    sessionMaxHours
    apiKeyMaxLifetimeDays
    revision
  }
}
    `, {"fragmentName":"AccountSettings"}) as unknown as TypedDocumentString<AccountSettingsFragment, unknown>;
export const UserRowFragmentDoc = new TypedDocumentString(`
    fragment UserRow on User {
  id
  kind
  loginName
  qualifiedName
  name
  email
  status
  lockedUntil
  roles {
    id
    name
    builtIn
  }
  accessPoints {
    id
    code
    name
    kind
  }
  mfa {
    required
    enrolled
    methods {
      __typename
      id
    }
  }
  lastSignInAt
  viewerCanManage
}
    `, {"fragmentName":"UserRow"}) as unknown as TypedDocumentString<UserRowFragment, unknown>;
export const UserDetailsFragmentDoc = new TypedDocumentString(`
    fragment UserDetails on User {
  ...UserRow
  language
  mfaForced
  permissions
  permissionOrigins {
    permission
    roles {
      id
    }
  }
  whitelists {
    ...WhitelistChoice
  }
  whitelistsReportOnly
  mfa {
    required
    enrolled
    recoveryCodesRemaining
    methods {
      __typename
      id
      name
      createdAt
      lastUsedAt
    }
  }
  sessions {
    id
    createdAt
    lastSeenAt
    expiresAt
    ip
    userAgent
    current
    accessPoint {
      id
      name
    }
  }
  createdAt
  createdBy {
    id
    name
    qualifiedName
  }
  revision
}
    fragment UserRow on User {
  id
  kind
  loginName
  qualifiedName
  name
  email
  status
  lockedUntil
  roles {
    id
    name
    builtIn
  }
  accessPoints {
    id
    code
    name
    kind
  }
  mfa {
    required
    enrolled
    methods {
      __typename
      id
    }
  }
  lastSignInAt
  viewerCanManage
}
fragment WhitelistChoice on Whitelist {
  id
  name
  userCount
  entries {
    cidr
  }
}`, {"fragmentName":"UserDetails"}) as unknown as TypedDocumentString<UserDetailsFragment, unknown>;
export const UserPayloadPartsFragmentDoc = new TypedDocumentString(`
    fragment UserPayloadParts on UserPayload {
  user {
    id
    kind
    name
    qualifiedName
    status
    email
    language
  }
  userErrors {
    ...UserErrorParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`, {"fragmentName":"UserPayloadParts"}) as unknown as TypedDocumentString<UserPayloadPartsFragment, unknown>;
export const WhitelistRowFragmentDoc = new TypedDocumentString(`
    fragment WhitelistRow on Whitelist {
  id
  name
  entries {
    cidr
    note
  }
  userCount
  accessPoints {
    id
    code
  }
}
    `, {"fragmentName":"WhitelistRow"}) as unknown as TypedDocumentString<WhitelistRowFragment, unknown>;
export const WhitelistDetailsFragmentDoc = new TypedDocumentString(`
    fragment WhitelistDetails on Whitelist {
  ...WhitelistRow
  revision
  users(first: 6) @include(if: $users) {
    nodes {
      id
      kind
      status
      name
      qualifiedName
    }
  }
}
    fragment WhitelistRow on Whitelist {
  id
  name
  entries {
    cidr
    note
  }
  userCount
  accessPoints {
    id
    code
  }
}`, {"fragmentName":"WhitelistDetails"}) as unknown as TypedDocumentString<WhitelistDetailsFragment, unknown>;
export const AccessPointsDocument = new TypedDocumentString(`
    query AccessPoints {
  accessPoints {
    ...AccessPointRow
    whitelists {
      id
      name
    }
  }
}
    fragment AccessPointRow on AccessPoint {
  id
  code
  name
  description
  kind
  builtIn
  userCount
}`) as unknown as TypedDocumentString<AccessPointsQuery, AccessPointsQueryVariables>;
export const AccessPointDetailsDocument = new TypedDocumentString(`
    query AccessPointDetails($id: ID!) {
  node(id: $id) {
    __typename
    ... on AccessPoint {
      ...AccessPointDetails
    }
  }
}
    fragment AccessPointRow on AccessPoint {
  id
  code
  name
  description
  kind
  builtIn
  userCount
}
fragment AccessPointDetails on AccessPoint {
  ...AccessPointRow
  origins
  revision
  whitelistsReportOnly
  secretRotatedAt
  viewerCanManage
  whitelists {
    ...WhitelistChoice
  }
}
fragment WhitelistChoice on Whitelist {
  id
  name
  userCount
  entries {
    cidr
  }
}`) as unknown as TypedDocumentString<AccessPointDetailsQuery, AccessPointDetailsQueryVariables>;
export const CreateAccessPointDocument = new TypedDocumentString(`
    mutation CreateAccessPoint($input: CreateAccessPointInput!) {
  createAccessPoint(input: $input) {
    accessPoint {
      id
      code
    }
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<CreateAccessPointMutation, CreateAccessPointMutationVariables>;
export const UpdateAccessPointDocument = new TypedDocumentString(`
    mutation UpdateAccessPoint($input: UpdateAccessPointInput!) {
  updateAccessPoint(input: $input) {
    accessPoint {
      id
      code
    }
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<UpdateAccessPointMutation, UpdateAccessPointMutationVariables>;
export const RotateAccessPointSecretDocument = new TypedDocumentString(`
    mutation RotateAccessPointSecret($id: ID!) {
  rotateAccessPointSecret(input: {id: $id}) {
    accessPoint {
      id
      code
    }
    secret
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<RotateAccessPointSecretMutation, RotateAccessPointSecretMutationVariables>;
export const DeleteAccessPointDocument = new TypedDocumentString(`
    mutation DeleteAccessPoint($id: ID!) {
  deleteAccessPoint(input: {id: $id}) {
    deletedId
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<DeleteAccessPointMutation, DeleteAccessPointMutationVariables>;
export const AuditEventsDocument = new TypedDocumentString(`
    query AuditEvents($first: Int, $after: String, $last: Int, $before: String, $filter: AuditEventFilter) {
  auditEvents(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      ...EventParts
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    totalCount
  }
}
    fragment EventParts on AuditEvent {
  id
  at
  action
  outcome
  actor {
    id
    kind
    name
  }
  actorName
  apiKey {
    id
    description
    hint
  }
  target {
    id
  }
  targetId
  targetName
  reason
  accessPoint
  ip
  changes {
    field
    before
    after
  }
}`) as unknown as TypedDocumentString<AuditEventsQuery, AuditEventsQueryVariables>;
export const FindUsersDocument = new TypedDocumentString(`
    query FindUsers($query: String!) {
  users(first: 8, filter: {query: $query}) {
    nodes {
      id
      kind
      status
      name
      qualifiedName
    }
  }
}
    `) as unknown as TypedDocumentString<FindUsersQuery, FindUsersQueryVariables>;
export const SubjectNameDocument = new TypedDocumentString(`
    query SubjectName($id: ID!) {
  node(id: $id) {
    __typename
    ... on User {
      qualifiedName
    }
    ... on Role {
      name
    }
    ... on AccessPoint {
      code
    }
    ... on Whitelist {
      name
    }
    ... on Account {
      handle
    }
    ... on ApiKey {
      description
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<SubjectNameQuery, SubjectNameQueryVariables>;
export const BeginTotpEnrolmentDocument = new TypedDocumentString(`
    mutation BeginTotpEnrolment($input: BeginTotpEnrolmentInput!) {
  beginTotpEnrolment(input: $input) {
    challengeToken
    secret
    uri
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<BeginTotpEnrolmentMutation, BeginTotpEnrolmentMutationVariables>;
export const FinishTotpEnrolmentDocument = new TypedDocumentString(`
    mutation FinishTotpEnrolment($input: FinishTotpEnrolmentInput!) {
  finishTotpEnrolment(input: $input) {
    ...EnrolledParts
  }
}
    fragment EnrolledParts on FinishEnrolmentPayload {
  method {
    __typename
    id
    name
  }
  recoveryCodes
  viewer {
    ...ViewerParts
  }
  userErrors {
    ...UserErrorParts
  }
}
fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment ViewerParts on Viewer {
  user {
    id
    kind
    name
    loginName
    qualifiedName
    language
  }
  account {
    id
    handle
    name
  }
  ip
  permissions
  assurance
}`) as unknown as TypedDocumentString<FinishTotpEnrolmentMutation, FinishTotpEnrolmentMutationVariables>;
export const BeginPasskeyEnrolmentDocument = new TypedDocumentString(`
    mutation BeginPasskeyEnrolment($input: BeginPasskeyEnrolmentInput!) {
  beginPasskeyEnrolment(input: $input) {
    challengeToken
    options
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<BeginPasskeyEnrolmentMutation, BeginPasskeyEnrolmentMutationVariables>;
export const FinishPasskeyEnrolmentDocument = new TypedDocumentString(`
    mutation FinishPasskeyEnrolment($input: FinishPasskeyEnrolmentInput!) {
  finishPasskeyEnrolment(input: $input) {
    ...EnrolledParts
  }
}
    fragment EnrolledParts on FinishEnrolmentPayload {
  method {
    __typename
    id
    name
  }
  recoveryCodes
  viewer {
    ...ViewerParts
  }
  userErrors {
    ...UserErrorParts
  }
}
fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment ViewerParts on Viewer {
  user {
    id
    kind
    name
    loginName
    qualifiedName
    language
  }
  account {
    id
    handle
    name
  }
  ip
  permissions
  assurance
}`) as unknown as TypedDocumentString<FinishPasskeyEnrolmentMutation, FinishPasskeyEnrolmentMutationVariables>;
export const AccessDecisionDocument = new TypedDocumentString(`
    query AccessDecision($request: AccessRequest!) {
  accessDecision(request: $request) {
    ...DecisionParts
  }
}
    fragment DecisionParts on AccessDecision {
  allowed
  reason
  checks {
    kind
    passed
    detail
    decidedBy {
      __typename
      id
    }
  }
}`) as unknown as TypedDocumentString<AccessDecisionQuery, AccessDecisionQueryVariables>;
export const ExplainChoicesDocument = new TypedDocumentString(`
    query ExplainChoices($id: ID!, $whitelists: Boolean!, $keys: Boolean!, $doors: Boolean!) {
  user(by: {id: $id}) {
    id
    seenAddresses @include(if: $whitelists) {
      cidr
      lastAt
    }
    apiKeys(first: 50, filter: {statuses: [ACTIVE]}) @include(if: $keys) {
      nodes {
        id
        description
        hint
        whitelists @include(if: $whitelists) {
          id
          name
        }
      }
    }
  }
  accessPoints @include(if: $doors) {
    id
    code
    whitelistsReportOnly
    whitelists @include(if: $whitelists) {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<ExplainChoicesQuery, ExplainChoicesQueryVariables>;
export const SetUpAccountDocument = new TypedDocumentString(`
    mutation SetUpAccount($input: SetUpAccountInput!) {
  setUpAccount(input: $input) {
    ...SignInParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment ViewerParts on Viewer {
  user {
    id
    kind
    name
    loginName
    qualifiedName
    language
  }
  account {
    id
    handle
    name
  }
  ip
  permissions
  assurance
}
fragment SignInParts on SignInPayload {
  next
  challenge {
    token
    methods
    expiresAt
  }
  viewer {
    ...ViewerParts
  }
  userErrors {
    ...UserErrorParts
  }
}`) as unknown as TypedDocumentString<SetUpAccountMutation, SetUpAccountMutationVariables>;
export const RequestPasswordResetDocument = new TypedDocumentString(`
    mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
  requestPasswordReset(input: $input) {
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const BeginSetPasswordDocument = new TypedDocumentString(`
    mutation BeginSetPassword($input: BeginSetPasswordInput!) {
  beginSetPassword(input: $input) {
    accountHandle
    loginName
    passwordMinLength
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<BeginSetPasswordMutation, BeginSetPasswordMutationVariables>;
export const SetPasswordDocument = new TypedDocumentString(`
    mutation SetPassword($input: SetPasswordInput!) {
  setPassword(input: $input) {
    ...SignInParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment ViewerParts on Viewer {
  user {
    id
    kind
    name
    loginName
    qualifiedName
    language
  }
  account {
    id
    handle
    name
  }
  ip
  permissions
  assurance
}
fragment SignInParts on SignInPayload {
  next
  challenge {
    token
    methods
    expiresAt
  }
  viewer {
    ...ViewerParts
  }
  userErrors {
    ...UserErrorParts
  }
}`) as unknown as TypedDocumentString<SetPasswordMutation, SetPasswordMutationVariables>;
export const ConfirmEmailDocument = new TypedDocumentString(`
    mutation ConfirmEmail($input: ConfirmEmailInput!) {
  confirmEmail(input: $input) {
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<ConfirmEmailMutation, ConfirmEmailMutationVariables>;
export const HomePeopleDocument = new TypedDocumentString(`
    query HomePeople($unseenSince: Time!) {
  all: users(first: 1) {
    totalCount
  }
  noFactor: users(
    first: 3
    filter: {kinds: [PERSONAL], statuses: [ACTIVE], mfaEnrolled: false}
  ) {
    ...HomeSome
  }
  locked: users(first: 3, filter: {locked: true}) {
    ...HomeSome
  }
  invited: users(
    first: 3
    filter: {statuses: [INVITED]}
    orderBy: {field: CREATED_AT, direction: ASC}
  ) {
    ...HomeSome
  }
  unseen: users(
    first: 3
    filter: {kinds: [PERSONAL], statuses: [ACTIVE], lastSignInBefore: $unseenSince}
    orderBy: {field: LAST_SIGN_IN_AT, direction: ASC}
  ) {
    ...HomeSome
  }
}
    fragment HomeSome on UserConnection {
  nodes {
    id
    name
  }
  totalCount
}`) as unknown as TypedDocumentString<HomePeopleQuery, HomePeopleQueryVariables>;
export const HomeFirstStepsDocument = new TypedDocumentString(`
    query HomeFirstSteps {
  roles(first: 3) {
    nodes {
      id
      builtIn
    }
  }
  people: users(first: 2, filter: {kinds: [PERSONAL]}) {
    nodes {
      id
    }
  }
  applications: users(first: 1, filter: {kinds: [API]}) {
    nodes {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<HomeFirstStepsQuery, HomeFirstStepsQueryVariables>;
export const HomeOwnDocument = new TypedDocumentString(`
    query HomeOwn {
  viewer {
    user {
      id
      mfa {
        enrolled
        recoveryCodesRemaining
      }
    }
  }
}
    `) as unknown as TypedDocumentString<HomeOwnQuery, HomeOwnQueryVariables>;
export const HomeLatelyDocument = new TypedDocumentString(`
    query HomeLately($filter: AuditEventFilter) {
  auditEvents(first: 6, filter: $filter) {
    nodes {
      ...EventParts
    }
  }
}
    fragment EventParts on AuditEvent {
  id
  at
  action
  outcome
  actor {
    id
    kind
    name
  }
  actorName
  apiKey {
    id
    description
    hint
  }
  target {
    id
  }
  targetId
  targetName
  reason
  accessPoint
  ip
  changes {
    field
    before
    after
  }
}`) as unknown as TypedDocumentString<HomeLatelyQuery, HomeLatelyQueryVariables>;
export const ApiKeysDocument = new TypedDocumentString(`
    query ApiKeys($first: Int, $after: String, $last: Int, $before: String, $filter: ApiKeyFilter) {
  apiKeys(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      ...KeyRow
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    totalCount
  }
}
    fragment KeyRow on ApiKey {
  id
  description
  hint
  status
  user {
    id
    kind
    status
    name
    qualifiedName
  }
  accessPoints {
    id
    code
  }
  permissions
  restrictedTo
  replaces {
    id
    description
    hint
  }
  replacedBy {
    id
    description
    hint
  }
  createdAt
  expiresAt
  lastUsedAt
  lastUsedIp
  revokedAt
  revision
}`) as unknown as TypedDocumentString<ApiKeysQuery, ApiKeysQueryVariables>;
export const EndedKeyCountDocument = new TypedDocumentString(`
    query EndedKeyCount($userId: ID!) {
  apiKeys(first: 1, filter: {userIds: [$userId], statuses: [EXPIRED, REVOKED]}) {
    totalCount
  }
}
    `) as unknown as TypedDocumentString<EndedKeyCountQuery, EndedKeyCountQueryVariables>;
export const KeyOwnerDocument = new TypedDocumentString(`
    query KeyOwner($id: ID!) {
  user(by: {id: $id}) {
    ...KeyOwner
  }
}
    fragment KeyOwner on User {
  id
  kind
  status
  name
  qualifiedName
  viewerCanManage
  permissions
  accessPoints {
    id
    code
    name
    description
    kind
    builtIn
  }
}`) as unknown as TypedDocumentString<KeyOwnerQuery, KeyOwnerQueryVariables>;
export const KeyDetailsDocument = new TypedDocumentString(`
    query KeyDetails($id: ID!, $whitelists: Boolean!) {
  node(id: $id) {
    __typename
    ... on ApiKey {
      ...KeyDetails
    }
  }
}
    fragment KeyRow on ApiKey {
  id
  description
  hint
  status
  user {
    id
    kind
    status
    name
    qualifiedName
  }
  accessPoints {
    id
    code
  }
  permissions
  restrictedTo
  replaces {
    id
    description
    hint
  }
  replacedBy {
    id
    description
    hint
  }
  createdAt
  expiresAt
  lastUsedAt
  lastUsedIp
  revokedAt
  revision
}
fragment KeyOwner on User {
  id
  kind
  status
  name
  qualifiedName
  viewerCanManage
  permissions
  accessPoints {
    id
    code
    name
    description
    kind
    builtIn
  }
}
fragment KeyDetails on ApiKey {
  ...KeyRow
  user {
    ...KeyOwner
  }
  accessPoints {
    id
    code
    name
    description
    kind
    builtIn
  }
  whitelists @include(if: $whitelists) {
    ...WhitelistChoice
  }
  createdBy {
    id
    qualifiedName
  }
}
fragment WhitelistChoice on Whitelist {
  id
  name
  userCount
  entries {
    cidr
  }
}`) as unknown as TypedDocumentString<KeyDetailsQuery, KeyDetailsQueryVariables>;
export const KeyRulesDocument = new TypedDocumentString(`
    query KeyRules {
  account {
    id
    policy {
      apiKeyMaxLifetimeDays
    }
  }
  permissionGroups {
    code
    name
    permissions {
      code
      name
      description
      verb
      noun
      essential
    }
  }
}
    `) as unknown as TypedDocumentString<KeyRulesQuery, KeyRulesQueryVariables>;
export const CreateApiKeyDocument = new TypedDocumentString(`
    mutation CreateApiKey($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    apiKey {
      ...KeyRow
    }
    secret
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment KeyRow on ApiKey {
  id
  description
  hint
  status
  user {
    id
    kind
    status
    name
    qualifiedName
  }
  accessPoints {
    id
    code
  }
  permissions
  restrictedTo
  replaces {
    id
    description
    hint
  }
  replacedBy {
    id
    description
    hint
  }
  createdAt
  expiresAt
  lastUsedAt
  lastUsedIp
  revokedAt
  revision
}
fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<CreateApiKeyMutation, CreateApiKeyMutationVariables>;
export const RotateApiKeyDocument = new TypedDocumentString(`
    mutation RotateApiKey($input: RotateApiKeyInput!) {
  rotateApiKey(input: $input) {
    apiKey {
      ...KeyRow
    }
    secret
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment KeyRow on ApiKey {
  id
  description
  hint
  status
  user {
    id
    kind
    status
    name
    qualifiedName
  }
  accessPoints {
    id
    code
  }
  permissions
  restrictedTo
  replaces {
    id
    description
    hint
  }
  replacedBy {
    id
    description
    hint
  }
  createdAt
  expiresAt
  lastUsedAt
  lastUsedIp
  revokedAt
  revision
}
fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<RotateApiKeyMutation, RotateApiKeyMutationVariables>;
export const RevokeApiKeyDocument = new TypedDocumentString(`
    mutation RevokeApiKey($id: ID!) {
  revokeApiKey(input: {id: $id}) {
    apiKey {
      id
      status
    }
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<RevokeApiKeyMutation, RevokeApiKeyMutationVariables>;
export const UpdateApiKeyDocument = new TypedDocumentString(`
    mutation UpdateApiKey($input: UpdateApiKeyInput!) {
  updateApiKey(input: $input) {
    apiKey {
      id
      description
      revision
    }
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<UpdateApiKeyMutation, UpdateApiKeyMutationVariables>;
export const KeyCountsDocument = new TypedDocumentString(`
    query KeyCounts($users: [ID!], $soon: Time!, $unusedSince: Time!) {
  all: apiKeys(first: 1, filter: {userIds: $users}) {
    totalCount
  }
  live: apiKeys(first: 1, filter: {userIds: $users, statuses: [ACTIVE]}) {
    totalCount
  }
  expiring: apiKeys(
    first: 1
    filter: {userIds: $users, statuses: [ACTIVE], expiresBefore: $soon}
  ) {
    totalCount
  }
  unused: apiKeys(
    first: 1
    filter: {userIds: $users, statuses: [ACTIVE], lastUsedBefore: $unusedSince}
  ) {
    totalCount
  }
  ended: apiKeys(
    first: 1
    filter: {userIds: $users, statuses: [EXPIRED, REVOKED]}
  ) {
    totalCount
  }
}
    `) as unknown as TypedDocumentString<KeyCountsQuery, KeyCountsQueryVariables>;
export const MailsDocument = new TypedDocumentString(`
    query Mails($first: Int, $after: String, $last: Int, $before: String, $filter: MailFilter, $subjects: Boolean!) {
  mails(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      ...MailRow
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    totalCount
  }
}
    fragment MailRow on Mail {
  id
  topic
  subject @include(if: $subjects)
  user {
    id
    name
    qualifiedName
    viewerCanManage
  }
  recipient
  state
  createdAt
  attempts
  nextAttemptAt
  sentAt
  failedAt
  problem
  answer
  resendable
}`) as unknown as TypedDocumentString<MailsQuery, MailsQueryVariables>;
export const MailCountsDocument = new TypedDocumentString(`
    query MailCounts($users: [ID!]) {
  undelivered: mails(
    first: 1
    filter: {userIds: $users, states: [WAITING, FAILED]}
  ) {
    totalCount
  }
  failed: mails(first: 1, filter: {userIds: $users, states: [FAILED]}) {
    totalCount
  }
  waiting: mails(first: 1, filter: {userIds: $users, states: [WAITING]}) {
    totalCount
  }
  sent: mails(first: 1, filter: {userIds: $users, states: [SENT]}) {
    totalCount
  }
}
    `) as unknown as TypedDocumentString<MailCountsQuery, MailCountsQueryVariables>;
export const UndeliveredMailDocument = new TypedDocumentString(`
    query UndeliveredMail($id: ID!) {
  user(by: {id: $id}) {
    id
    undeliveredMail {
      id
      topic
      recipient
      state
      createdAt
      nextAttemptAt
      problem
      answer
      resendable
    }
  }
}
    `) as unknown as TypedDocumentString<UndeliveredMailQuery, UndeliveredMailQueryVariables>;
export const ResendMailDocument = new TypedDocumentString(`
    mutation ResendMail($id: ID!) {
  resendMail(input: {id: $id}) {
    mail {
      id
      recipient
    }
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<ResendMailMutation, ResendMailMutationVariables>;
export const FindAnythingDocument = new TypedDocumentString(`
    query FindAnything($query: String!, $users: Boolean!, $roles: Boolean!) {
  users(first: 6, filter: {query: $query}) @include(if: $users) {
    nodes {
      id
      kind
      status
      name
      qualifiedName
    }
  }
  roles(first: 4, filter: {query: $query}) @include(if: $roles) {
    nodes {
      id
      name
      description
    }
  }
}
    `) as unknown as TypedDocumentString<FindAnythingQuery, FindAnythingQueryVariables>;
export const ProfileDocument = new TypedDocumentString(`
    query Profile {
  viewer {
    user {
      ...ProfileUser
    }
    account {
      id
      policy {
        passwordMinLength
      }
    }
  }
  permissionGroups {
    code
    name
    permissions {
      code
      name
    }
  }
}
    fragment ProfileUser on User {
  id
  kind
  name
  loginName
  qualifiedName
  email
  language
  createdAt
  roles {
    id
    name
    description
  }
  permissions
  accessPoints {
    id
    code
    name
  }
  whitelists {
    id
    name
    entries {
      cidr
    }
  }
  mfa {
    required
    enrolled
    recoveryCodesRemaining
    methods {
      __typename
      id
      name
      createdAt
      lastUsedAt
      ... on Passkey {
        backedUp
        authenticator
        credentialId
      }
    }
  }
  sessions {
    id
    createdAt
    lastSeenAt
    ip
    userAgent
    current
    accessPoint {
      id
      name
    }
  }
}`) as unknown as TypedDocumentString<ProfileQuery, ProfileQueryVariables>;
export const RecentSignInsDocument = new TypedDocumentString(`
    query RecentSignIns($id: ID!) {
  auditEvents(first: 8, filter: {subjectId: $id, actions: ["session.signIn"]}) {
    nodes {
      ...EventParts
    }
  }
}
    fragment EventParts on AuditEvent {
  id
  at
  action
  outcome
  actor {
    id
    kind
    name
  }
  actorName
  apiKey {
    id
    description
    hint
  }
  target {
    id
  }
  targetId
  targetName
  reason
  accessPoint
  ip
  changes {
    field
    before
    after
  }
}`) as unknown as TypedDocumentString<RecentSignInsQuery, RecentSignInsQueryVariables>;
export const ProfileEventsDocument = new TypedDocumentString(`
    query ProfileEvents($first: Int, $after: String, $last: Int, $before: String) {
  viewer {
    user {
      id
      auditEvents(first: $first, after: $after, last: $last, before: $before) {
        nodes {
          ...EventParts
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
        totalCount
      }
    }
  }
}
    fragment EventParts on AuditEvent {
  id
  at
  action
  outcome
  actor {
    id
    kind
    name
  }
  actorName
  apiKey {
    id
    description
    hint
  }
  target {
    id
  }
  targetId
  targetName
  reason
  accessPoint
  ip
  changes {
    field
    before
    after
  }
}`) as unknown as TypedDocumentString<ProfileEventsQuery, ProfileEventsQueryVariables>;
export const ChangeEmailDocument = new TypedDocumentString(`
    mutation ChangeEmail($input: ChangeEmailInput!) {
  changeEmail(input: $input) {
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<ChangeEmailMutation, ChangeEmailMutationVariables>;
export const ChangePasswordDocument = new TypedDocumentString(`
    mutation ChangePassword($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const RenameMfaMethodDocument = new TypedDocumentString(`
    mutation RenameMfaMethod($input: RenameMfaMethodInput!) {
  renameMfaMethod(input: $input) {
    method {
      id
      name
    }
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<RenameMfaMethodMutation, RenameMfaMethodMutationVariables>;
export const RemoveMfaMethodDocument = new TypedDocumentString(`
    mutation RemoveMfaMethod($input: RemoveMfaMethodInput!) {
  removeMfaMethod(input: $input) {
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<RemoveMfaMethodMutation, RemoveMfaMethodMutationVariables>;
export const RegenerateRecoveryCodesDocument = new TypedDocumentString(`
    mutation RegenerateRecoveryCodes {
  regenerateRecoveryCodes {
    recoveryCodes
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<RegenerateRecoveryCodesMutation, RegenerateRecoveryCodesMutationVariables>;
export const EndOwnSessionDocument = new TypedDocumentString(`
    mutation EndOwnSession($input: RevokeSessionInput!) {
  revokeSession(input: $input) {
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<EndOwnSessionMutation, EndOwnSessionMutationVariables>;
export const EndOtherSessionsDocument = new TypedDocumentString(`
    mutation EndOtherSessions {
  revokeOtherSessions {
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<EndOtherSessionsMutation, EndOtherSessionsMutationVariables>;
export const WhitelistReportDocument = new TypedDocumentString(`
    query WhitelistReport($id: ID!) {
  node(id: $id) {
    __typename
    ... on User {
      id
      whitelistReport(days: 7) {
        ...ReportParts
      }
    }
    ... on AccessPoint {
      id
      whitelistReport(days: 7) {
        ...ReportParts
      }
    }
  }
}
    fragment ReportParts on WhitelistReport {
  refusals
  addressCount
  addresses {
    cidr
    refusals
    lastAt
  }
}`) as unknown as TypedDocumentString<WhitelistReportQuery, WhitelistReportQueryVariables>;
export const SeenAddressesDocument = new TypedDocumentString(`
    query SeenAddresses($id: ID!) {
  node(id: $id) {
    __typename
    ... on User {
      id
      seenAddresses {
        cidr
        lastAt
      }
    }
    ... on AccessPoint {
      id
      seenAddresses {
        cidr
        lastAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SeenAddressesQuery, SeenAddressesQueryVariables>;
export const ExtensibleWhitelistsDocument = new TypedDocumentString(`
    query ExtensibleWhitelists($id: ID!) {
  node(id: $id) {
    __typename
    ... on User {
      id
      whitelists {
        ...ExtensibleWhitelist
      }
    }
    ... on AccessPoint {
      id
      whitelists {
        ...ExtensibleWhitelist
      }
    }
  }
}
    fragment ExtensibleWhitelist on Whitelist {
  id
  name
  revision
  userCount
  entries {
    cidr
    note
  }
}`) as unknown as TypedDocumentString<ExtensibleWhitelistsQuery, ExtensibleWhitelistsQueryVariables>;
export const RolesPageDocument = new TypedDocumentString(`
    query RolesPage($first: Int, $after: String, $last: Int, $before: String, $filter: RoleFilter) {
  roles(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    totalCount
    nodes {
      ...RoleRow
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment RoleRow on Role {
  id
  name
  description
  builtIn
  permissions
  userCount
  revision
  viewerCanAssign
}`) as unknown as TypedDocumentString<RolesPageQuery, RolesPageQueryVariables>;
export const PermissionCatalogueDocument = new TypedDocumentString(`
    query PermissionCatalogue {
  permissionGroups {
    code
    name
    permissions {
      code
      name
      description
      verb
      noun
      essential
    }
  }
  builtInRoles: roles(first: 2) {
    nodes {
      id
      builtIn
      viewerCanAssign
    }
  }
}
    `) as unknown as TypedDocumentString<PermissionCatalogueQuery, PermissionCatalogueQueryVariables>;
export const RolePageDocument = new TypedDocumentString(`
    query RolePage($id: ID!, $holders: Boolean!) {
  node(id: $id) {
    __typename
    ... on Role {
      ...RoleDetails
      users(first: 6) @include(if: $holders) {
        nodes {
          id
          kind
          status
          name
          qualifiedName
        }
      }
    }
  }
}
    fragment RoleRow on Role {
  id
  name
  description
  builtIn
  permissions
  userCount
  revision
  viewerCanAssign
}
fragment RoleDetails on Role {
  ...RoleRow
  retiredPermissions
  updatedAt
}`) as unknown as TypedDocumentString<RolePageQuery, RolePageQueryVariables>;
export const CreateRoleDocument = new TypedDocumentString(`
    mutation CreateRole($input: CreateRoleInput!) {
  createRole(input: $input) {
    role {
      ...RoleRow
    }
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment RoleRow on Role {
  id
  name
  description
  builtIn
  permissions
  userCount
  revision
  viewerCanAssign
}
fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<CreateRoleMutation, CreateRoleMutationVariables>;
export const UpdateRoleDocument = new TypedDocumentString(`
    mutation UpdateRole($input: UpdateRoleInput!) {
  updateRole(input: $input) {
    role {
      ...RoleDetails
    }
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment RoleRow on Role {
  id
  name
  description
  builtIn
  permissions
  userCount
  revision
  viewerCanAssign
}
fragment RoleDetails on Role {
  ...RoleRow
  retiredPermissions
  updatedAt
}
fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<UpdateRoleMutation, UpdateRoleMutationVariables>;
export const DuplicateRoleDocument = new TypedDocumentString(`
    mutation DuplicateRole($input: DuplicateRoleInput!) {
  duplicateRole(input: $input) {
    role {
      ...RoleRow
    }
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment RoleRow on Role {
  id
  name
  description
  builtIn
  permissions
  userCount
  revision
  viewerCanAssign
}
fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<DuplicateRoleMutation, DuplicateRoleMutationVariables>;
export const DeleteRoleDocument = new TypedDocumentString(`
    mutation DeleteRole($id: ID!) {
  deleteRole(input: {id: $id}) {
    deletedId
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<DeleteRoleMutation, DeleteRoleMutationVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    ...ViewerParts
  }
}
    fragment ViewerParts on Viewer {
  user {
    id
    kind
    name
    loginName
    qualifiedName
    language
  }
  account {
    id
    handle
    name
  }
  ip
  permissions
  assurance
}`) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    ...SignInParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment ViewerParts on Viewer {
  user {
    id
    kind
    name
    loginName
    qualifiedName
    language
  }
  account {
    id
    handle
    name
  }
  ip
  permissions
  assurance
}
fragment SignInParts on SignInPayload {
  next
  challenge {
    token
    methods
    expiresAt
  }
  viewer {
    ...ViewerParts
  }
  userErrors {
    ...UserErrorParts
  }
}`) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const VerifyTotpDocument = new TypedDocumentString(`
    mutation VerifyTotp($input: VerifyTotpInput!) {
  verifyTotp(input: $input) {
    ...SignInParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment ViewerParts on Viewer {
  user {
    id
    kind
    name
    loginName
    qualifiedName
    language
  }
  account {
    id
    handle
    name
  }
  ip
  permissions
  assurance
}
fragment SignInParts on SignInPayload {
  next
  challenge {
    token
    methods
    expiresAt
  }
  viewer {
    ...ViewerParts
  }
  userErrors {
    ...UserErrorParts
  }
}`) as unknown as TypedDocumentString<VerifyTotpMutation, VerifyTotpMutationVariables>;
export const VerifyRecoveryCodeDocument = new TypedDocumentString(`
    mutation VerifyRecoveryCode($input: VerifyRecoveryCodeInput!) {
  verifyRecoveryCode(input: $input) {
    ...SignInParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment ViewerParts on Viewer {
  user {
    id
    kind
    name
    loginName
    qualifiedName
    language
  }
  account {
    id
    handle
    name
  }
  ip
  permissions
  assurance
}
fragment SignInParts on SignInPayload {
  next
  challenge {
    token
    methods
    expiresAt
  }
  viewer {
    ...ViewerParts
  }
  userErrors {
    ...UserErrorParts
  }
}`) as unknown as TypedDocumentString<VerifyRecoveryCodeMutation, VerifyRecoveryCodeMutationVariables>;
export const BeginPasskeySignInDocument = new TypedDocumentString(`
    mutation BeginPasskeySignIn($input: BeginPasskeySignInInput!) {
  beginPasskeySignIn(input: $input) {
    challengeToken
    options
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<BeginPasskeySignInMutation, BeginPasskeySignInMutationVariables>;
export const FinishPasskeySignInDocument = new TypedDocumentString(`
    mutation FinishPasskeySignIn($input: FinishPasskeySignInInput!) {
  finishPasskeySignIn(input: $input) {
    ...SignInParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment ViewerParts on Viewer {
  user {
    id
    kind
    name
    loginName
    qualifiedName
    language
  }
  account {
    id
    handle
    name
  }
  ip
  permissions
  assurance
}
fragment SignInParts on SignInPayload {
  next
  challenge {
    token
    methods
    expiresAt
  }
  viewer {
    ...ViewerParts
  }
  userErrors {
    ...UserErrorParts
  }
}`) as unknown as TypedDocumentString<FinishPasskeySignInMutation, FinishPasskeySignInMutationVariables>;
export const VerifyPasswordDocument = new TypedDocumentString(`
    mutation VerifyPassword($input: VerifyPasswordInput!) {
  verifyPassword(input: $input) {
    ...SignInParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment ViewerParts on Viewer {
  user {
    id
    kind
    name
    loginName
    qualifiedName
    language
  }
  account {
    id
    handle
    name
  }
  ip
  permissions
  assurance
}
fragment SignInParts on SignInPayload {
  next
  challenge {
    token
    methods
    expiresAt
  }
  viewer {
    ...ViewerParts
  }
  userErrors {
    ...UserErrorParts
  }
}`) as unknown as TypedDocumentString<VerifyPasswordMutation, VerifyPasswordMutationVariables>;
export const BeginStepUpDocument = new TypedDocumentString(`
    mutation BeginStepUp {
  beginStepUp {
    challenge {
      token
      methods
      expiresAt
    }
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<BeginStepUpMutation, BeginStepUpMutationVariables>;
export const SignOutDocument = new TypedDocumentString(`
    mutation SignOut {
  signOut {
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const UpdateViewerDocument = new TypedDocumentString(`
    mutation UpdateViewer($input: UpdateViewerInput!) {
  updateViewer(input: $input) {
    user {
      id
      name
      language
    }
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<UpdateViewerMutation, UpdateViewerMutationVariables>;
export const AccountSettingsDocument = new TypedDocumentString(`
    query AccountSettings {
  account {
    ...AccountSettings
  }
}
    fragment AccountSettings on Account {
  id
  handle
  name
  revision
  policy {
    mfaForced
    passwordMinLength
    sessionIdleMinutes
    sessionMaxHours
    apiKeyMaxLifetimeDays
    revision
  }
}`) as unknown as TypedDocumentString<AccountSettingsQuery, AccountSettingsQueryVariables>;
export const WhoIsForcedDocument = new TypedDocumentString(`
    query WhoIsForced($people: Boolean!) {
  viewer {
    user {
      id
      mfa {
        enrolled
      }
    }
  }
  active: users(
    first: 5
    filter: {kinds: [PERSONAL], statuses: [ACTIVE], mfaEnrolled: false}
  ) @include(if: $people) {
    nodes {
      id
      name
    }
    totalCount
  }
  invited: users(
    first: 1
    filter: {kinds: [PERSONAL], statuses: [INVITED], mfaEnrolled: false}
  ) @include(if: $people) {
    totalCount
  }
}
    `) as unknown as TypedDocumentString<WhoIsForcedQuery, WhoIsForcedQueryVariables>;
export const UpdateAccountDocument = new TypedDocumentString(`
    mutation UpdateAccount($input: UpdateAccountInput!) {
  updateAccount(input: $input) {
    account {
      ...AccountSettings
    }
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment AccountSettings on Account {
  id
  handle
  name
  revision
  policy {
    mfaForced
    passwordMinLength
    sessionIdleMinutes
    sessionMaxHours
    apiKeyMaxLifetimeDays
    revision
  }
}`) as unknown as TypedDocumentString<UpdateAccountMutation, UpdateAccountMutationVariables>;
export const UpdateAccountPolicyDocument = new TypedDocumentString(`
    mutation UpdateAccountPolicy($input: UpdateAccountPolicyInput!) {
  updateAccountPolicy(input: $input) {
    account {
      ...AccountSettings
    }
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment AccountSettings on Account {
  id
  handle
  name
  revision
  policy {
    mfaForced
    passwordMinLength
    sessionIdleMinutes
    sessionMaxHours
    apiKeyMaxLifetimeDays
    revision
  }
}`) as unknown as TypedDocumentString<UpdateAccountPolicyMutation, UpdateAccountPolicyMutationVariables>;
export const UsersDocument = new TypedDocumentString(`
    query Users($first: Int, $after: String, $last: Int, $before: String, $filter: UserFilter, $orderBy: UserOrder) {
  users(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
    orderBy: $orderBy
  ) {
    nodes {
      ...UserRow
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    totalCount
  }
}
    fragment UserRow on User {
  id
  kind
  loginName
  qualifiedName
  name
  email
  status
  lockedUntil
  roles {
    id
    name
    builtIn
  }
  accessPoints {
    id
    code
    name
    kind
  }
  mfa {
    required
    enrolled
    methods {
      __typename
      id
    }
  }
  lastSignInAt
  viewerCanManage
}`) as unknown as TypedDocumentString<UsersQuery, UsersQueryVariables>;
export const UserCountsDocument = new TypedDocumentString(`
    query UserCounts($unseenSince: Time!) {
  all: users(first: 1) {
    totalCount
  }
  people: users(first: 1, filter: {kinds: [PERSONAL]}) {
    totalCount
  }
  applications: users(first: 1, filter: {kinds: [API]}) {
    totalCount
  }
  noFactor: users(
    first: 1
    filter: {kinds: [PERSONAL], statuses: [ACTIVE], mfaEnrolled: false}
  ) {
    totalCount
  }
  unseen: users(
    first: 1
    filter: {kinds: [PERSONAL], statuses: [ACTIVE], lastSignInBefore: $unseenSince}
  ) {
    totalCount
  }
  invited: users(first: 1, filter: {statuses: [INVITED]}) {
    totalCount
  }
  locked: users(first: 1, filter: {locked: true}) {
    totalCount
  }
  deactivated: users(first: 1, filter: {statuses: [DEACTIVATED]}) {
    totalCount
  }
}
    `) as unknown as TypedDocumentString<UserCountsQuery, UserCountsQueryVariables>;
export const UserFilterChoicesDocument = new TypedDocumentString(`
    query UserFilterChoices($whitelists: Boolean!) {
  roles(first: 100) {
    nodes {
      id
      name
    }
  }
  accessPoints {
    id
    code
    name
  }
  whitelists(first: 100) @include(if: $whitelists) {
    nodes {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<UserFilterChoicesQuery, UserFilterChoicesQueryVariables>;
export const UserDetailsDocument = new TypedDocumentString(`
    query UserDetails($id: ID!) {
  user(by: {id: $id}) {
    ...UserDetails
  }
}
    fragment UserRow on User {
  id
  kind
  loginName
  qualifiedName
  name
  email
  status
  lockedUntil
  roles {
    id
    name
    builtIn
  }
  accessPoints {
    id
    code
    name
    kind
  }
  mfa {
    required
    enrolled
    methods {
      __typename
      id
    }
  }
  lastSignInAt
  viewerCanManage
}
fragment WhitelistChoice on Whitelist {
  id
  name
  userCount
  entries {
    cidr
  }
}
fragment UserDetails on User {
  ...UserRow
  language
  mfaForced
  permissions
  permissionOrigins {
    permission
    roles {
      id
    }
  }
  whitelists {
    ...WhitelistChoice
  }
  whitelistsReportOnly
  mfa {
    required
    enrolled
    recoveryCodesRemaining
    methods {
      __typename
      id
      name
      createdAt
      lastUsedAt
    }
  }
  sessions {
    id
    createdAt
    lastSeenAt
    expiresAt
    ip
    userAgent
    current
    accessPoint {
      id
      name
    }
  }
  createdAt
  createdBy {
    id
    name
    qualifiedName
  }
  revision
}`) as unknown as TypedDocumentString<UserDetailsQuery, UserDetailsQueryVariables>;
export const UserCatalogueDocument = new TypedDocumentString(`
    query UserCatalogue {
  permissionGroups {
    code
    name
    permissions {
      code
      name
      essential
    }
  }
  accessPoints {
    id
    code
    name
    description
    kind
    builtIn
  }
  account {
    id
    policy {
      mfaForced
      passwordMinLength
    }
  }
}
    `) as unknown as TypedDocumentString<UserCatalogueQuery, UserCatalogueQueryVariables>;
export const UserActivityDocument = new TypedDocumentString(`
    query UserActivity($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  user(by: {id: $id}) {
    id
    auditEvents(first: $first, after: $after, last: $last, before: $before) {
      nodes {
        ...EventParts
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      totalCount
    }
  }
}
    fragment EventParts on AuditEvent {
  id
  at
  action
  outcome
  actor {
    id
    kind
    name
  }
  actorName
  apiKey {
    id
    description
    hint
  }
  target {
    id
  }
  targetId
  targetName
  reason
  accessPoint
  ip
  changes {
    field
    before
    after
  }
}`) as unknown as TypedDocumentString<UserActivityQuery, UserActivityQueryVariables>;
export const UserSessionCountDocument = new TypedDocumentString(`
    query UserSessionCount($id: ID!) {
  user(by: {id: $id}) {
    id
    sessions {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<UserSessionCountQuery, UserSessionCountQueryVariables>;
export const RoleChoicesDocument = new TypedDocumentString(`
    query RoleChoices($query: String) {
  roles(first: 100, filter: {query: $query}) {
    nodes {
      id
      name
      description
      builtIn
      permissions
      viewerCanAssign
    }
    totalCount
  }
}
    `) as unknown as TypedDocumentString<RoleChoicesQuery, RoleChoicesQueryVariables>;
export const WhitelistChoicesDocument = new TypedDocumentString(`
    query WhitelistChoices($query: String) {
  whitelists(first: 100, filter: {query: $query}) {
    nodes {
      ...WhitelistChoice
    }
    totalCount
  }
}
    fragment WhitelistChoice on Whitelist {
  id
  name
  userCount
  entries {
    cidr
  }
}`) as unknown as TypedDocumentString<WhitelistChoicesQuery, WhitelistChoicesQueryVariables>;
export const FreeLoginNameDocument = new TypedDocumentString(`
    query FreeLoginName($wanted: String!, $first: String!, $second: String!, $third: String!) {
  wanted: user(by: {loginName: $wanted}) {
    id
  }
  first: user(by: {loginName: $first}) {
    id
  }
  second: user(by: {loginName: $second}) {
    id
  }
  third: user(by: {loginName: $third}) {
    id
  }
}
    `) as unknown as TypedDocumentString<FreeLoginNameQuery, FreeLoginNameQueryVariables>;
export const CreateUserDocument = new TypedDocumentString(`
    mutation CreateUser($input: CreateUserInput!) {
  createUser(input: $input) {
    ...UserPayloadParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment UserPayloadParts on UserPayload {
  user {
    id
    kind
    name
    qualifiedName
    status
    email
    language
  }
  userErrors {
    ...UserErrorParts
  }
}`) as unknown as TypedDocumentString<CreateUserMutation, CreateUserMutationVariables>;
export const UpdateUserDocument = new TypedDocumentString(`
    mutation UpdateUser($input: UpdateUserInput!) {
  updateUser(input: $input) {
    ...UserPayloadParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment UserPayloadParts on UserPayload {
  user {
    id
    kind
    name
    qualifiedName
    status
    email
    language
  }
  userErrors {
    ...UserErrorParts
  }
}`) as unknown as TypedDocumentString<UpdateUserMutation, UpdateUserMutationVariables>;
export const DeactivateUserDocument = new TypedDocumentString(`
    mutation DeactivateUser($id: ID!) {
  deactivateUser(input: {id: $id}) {
    ...UserPayloadParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment UserPayloadParts on UserPayload {
  user {
    id
    kind
    name
    qualifiedName
    status
    email
    language
  }
  userErrors {
    ...UserErrorParts
  }
}`) as unknown as TypedDocumentString<DeactivateUserMutation, DeactivateUserMutationVariables>;
export const ReactivateUserDocument = new TypedDocumentString(`
    mutation ReactivateUser($id: ID!) {
  reactivateUser(input: {id: $id}) {
    ...UserPayloadParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment UserPayloadParts on UserPayload {
  user {
    id
    kind
    name
    qualifiedName
    status
    email
    language
  }
  userErrors {
    ...UserErrorParts
  }
}`) as unknown as TypedDocumentString<ReactivateUserMutation, ReactivateUserMutationVariables>;
export const UnlockUserDocument = new TypedDocumentString(`
    mutation UnlockUser($id: ID!) {
  unlockUser(input: {id: $id}) {
    ...UserPayloadParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment UserPayloadParts on UserPayload {
  user {
    id
    kind
    name
    qualifiedName
    status
    email
    language
  }
  userErrors {
    ...UserErrorParts
  }
}`) as unknown as TypedDocumentString<UnlockUserMutation, UnlockUserMutationVariables>;
export const ResendWelcomeDocument = new TypedDocumentString(`
    mutation ResendWelcome($id: ID!) {
  resendWelcome(input: {id: $id}) {
    ...UserPayloadParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment UserPayloadParts on UserPayload {
  user {
    id
    kind
    name
    qualifiedName
    status
    email
    language
  }
  userErrors {
    ...UserErrorParts
  }
}`) as unknown as TypedDocumentString<ResendWelcomeMutation, ResendWelcomeMutationVariables>;
export const ResetUserMfaDocument = new TypedDocumentString(`
    mutation ResetUserMfa($id: ID!) {
  resetUserMfa(input: {id: $id}) {
    ...UserPayloadParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment UserPayloadParts on UserPayload {
  user {
    id
    kind
    name
    qualifiedName
    status
    email
    language
  }
  userErrors {
    ...UserErrorParts
  }
}`) as unknown as TypedDocumentString<ResetUserMfaMutation, ResetUserMfaMutationVariables>;
export const EndUserSessionDocument = new TypedDocumentString(`
    mutation EndUserSession($id: ID!) {
  revokeSession(input: {id: $id}) {
    ...UserPayloadParts
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment UserPayloadParts on UserPayload {
  user {
    id
    kind
    name
    qualifiedName
    status
    email
    language
  }
  userErrors {
    ...UserErrorParts
  }
}`) as unknown as TypedDocumentString<EndUserSessionMutation, EndUserSessionMutationVariables>;
export const WhitelistsDocument = new TypedDocumentString(`
    query Whitelists($first: Int, $after: String, $last: Int, $before: String, $filter: WhitelistFilter) {
  whitelists(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      ...WhitelistRow
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    totalCount
  }
}
    fragment WhitelistRow on Whitelist {
  id
  name
  entries {
    cidr
    note
  }
  userCount
  accessPoints {
    id
    code
  }
}`) as unknown as TypedDocumentString<WhitelistsQuery, WhitelistsQueryVariables>;
export const WhitelistDetailsDocument = new TypedDocumentString(`
    query WhitelistDetails($id: ID!, $users: Boolean!) {
  node(id: $id) {
    __typename
    ... on Whitelist {
      ...WhitelistDetails
    }
  }
}
    fragment WhitelistRow on Whitelist {
  id
  name
  entries {
    cidr
    note
  }
  userCount
  accessPoints {
    id
    code
  }
}
fragment WhitelistDetails on Whitelist {
  ...WhitelistRow
  revision
  users(first: 6) @include(if: $users) {
    nodes {
      id
      kind
      status
      name
      qualifiedName
    }
  }
}`) as unknown as TypedDocumentString<WhitelistDetailsQuery, WhitelistDetailsQueryVariables>;
export const AskedOfViewerDocument = new TypedDocumentString(`
    query AskedOfViewer($doors: Boolean!) {
  viewer {
    user {
      id
      whitelists {
        id
        entries {
          cidr
        }
      }
    }
  }
  accessPoints @include(if: $doors) {
    id
    code
    whitelists {
      id
      entries {
        cidr
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AskedOfViewerQuery, AskedOfViewerQueryVariables>;
export const WhitelistReachDocument = new TypedDocumentString(`
    query WhitelistReach($id: ID!, $codes: [String!]!) {
  through: users(first: 1, filter: {accessPoints: $codes}) {
    totalCount
  }
  both: users(first: 1, filter: {accessPoints: $codes, whitelistIds: [$id]}) {
    totalCount
  }
}
    `) as unknown as TypedDocumentString<WhitelistReachQuery, WhitelistReachQueryVariables>;
export const CreateWhitelistDocument = new TypedDocumentString(`
    mutation CreateWhitelist($input: CreateWhitelistInput!) {
  createWhitelist(input: $input) {
    whitelist {
      ...WhitelistChoice
    }
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}
fragment WhitelistChoice on Whitelist {
  id
  name
  userCount
  entries {
    cidr
  }
}`) as unknown as TypedDocumentString<CreateWhitelistMutation, CreateWhitelistMutationVariables>;
export const UpdateWhitelistDocument = new TypedDocumentString(`
    mutation UpdateWhitelist($input: UpdateWhitelistInput!) {
  updateWhitelist(input: $input) {
    whitelist {
      id
      name
    }
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<UpdateWhitelistMutation, UpdateWhitelistMutationVariables>;
export const DeleteWhitelistDocument = new TypedDocumentString(`
    mutation DeleteWhitelist($id: ID!) {
  deleteWhitelist(input: {id: $id}) {
    deletedId
    userErrors {
      ...UserErrorParts
    }
  }
}
    fragment UserErrorParts on UserError {
  code
  field
  message
}`) as unknown as TypedDocumentString<DeleteWhitelistMutation, DeleteWhitelistMutationVariables>;