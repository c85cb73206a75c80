/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What a session has shown of its user. */
export type Assurance =
  /** May do nothing but enrol a second factor and sign out. */
  | 'ENROLMENT_REQUIRED'
  /** A second factor was shown. */
  | 'MFA'
  /** Signed in by password, and nothing more was asked. */
  | 'PASSWORD';

export type BeginSetPasswordInput = {
  token: string;
};

export type BeginTotpEnrolmentInput = {
  /** What the user calls this app or phone; 1 to 60 characters. */
  name: string;
};

export type ConfirmEmailInput = {
  /** From the fragment of the link. */
  token: string;
};

export type FinishTotpEnrolmentInput = {
  challengeToken: string;
  /** Six digits; spaces do not matter. */
  code: string;
};

/** The languages of the page and of mails. */
export type Language =
  | 'DE'
  | 'EN'
  | 'ES'
  | 'FR'
  | 'NL';

/** What can be shown to prove who one is. */
export type ProofKind =
  | 'PASSWORD'
  | 'RECOVERY_CODE'
  | 'TOTP';

export type RequestPasswordResetInput = {
  account: string;
  email: string;
};

export type SetPasswordInput = {
  password: string;
  token: string;
};

export type SetUpAccountInput = {
  email: string;
  handle: string;
  language: Language;
  loginName: string;
  name: string;
  password: string;
  /** From the fragment of the link. */
  token: string;
};

export type SignInInput = {
  /** The account's handle. */
  account: string;
  loginName: string;
  password: string;
};

/** What the client shows after this step. A session cookie is set with SIGNED_IN and ENROL_MFA only. */
export type SignInNext =
  | 'ENROL_MFA'
  | 'SIGNED_IN'
  | 'VERIFY_MFA';

export type UpdateViewerInput = {
  language?: Language | null | undefined;
  /** 1 to 120 characters of any script. */
  name?: string | null | undefined;
};

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
  | 'TOO_LONG'
  | 'TOO_SHORT'
  /** Common, breached, guessable, or mostly a part of the user's own names. */
  | 'WEAK_PASSWORD'
  | 'WRONG_CODE'
  /** Account, login name and password do not open anything together; never says which. */
  | 'WRONG_CREDENTIALS';

export type UserKind =
  /** An application, which shows a key. */
  | 'API'
  /** An employee, who signs in at a page. */
  | 'PERSONAL';

export type UserStatus =
  | 'ACTIVE'
  /** Cannot come in by any way; its history stays. */
  | 'DEACTIVATED'
  /** Has not set a password yet. */
  | 'INVITED';

export type VerifyPasswordInput = {
  challengeToken: string;
  password: string;
};

export type VerifyRecoveryCodeInput = {
  challengeToken: string;
  /** Case, spaces and hyphens do not matter. */
  code: string;
};

export type VerifyTotpInput = {
  challengeToken: string;
  /** Six digits; spaces do not matter. */
  code: string;
};

export type BeginTotpEnrolmentMutationVariables = Exact<{
  input: BeginTotpEnrolmentInput;
}>;


export type BeginTotpEnrolmentMutation = { beginTotpEnrolment: { challengeToken: string | null, secret: string | null, uri: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

export type FinishTotpEnrolmentMutationVariables = Exact<{
  input: FinishTotpEnrolmentInput;
}>;


export type FinishTotpEnrolmentMutation = { finishTotpEnrolment: { recoveryCodes: Array<string> | null, method: { id: string, name: string } | null, viewer: { ip: string, permissions: Array<string>, assurance: Assurance, user: { id: string, kind: UserKind, name: string, loginName: string, qualifiedName: string, language: Language }, account: { id: string, handle: string, name: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string>, message: string }> } | null };

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

export type FindAnythingQueryVariables = Exact<{
  query: string;
  users: boolean;
  roles: boolean;
}>;


export type FindAnythingQuery = { users?: { nodes: Array<{ id: string, kind: UserKind, status: UserStatus, name: string, qualifiedName: string }> } | null, roles?: { nodes: Array<{ id: string, name: string, description: string }> } | null };

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
    method {
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