import{n as e,r as t,t as n}from"./B4v-ac-J.js";import{i as r}from"./BgAMU7gt.js";async function i(n,r,i){let o=await a(JSON.stringify({query:n.toString(),variables:r}),i),s=await ee(o),c=o.headers.get(`X-Request-Id`)??``,l=e(s.errors??[],c);if(l)throw l;if(!s.data)throw te(o,c);return{data:s.data,forbidden:t(s.errors??[])}}async function a(e,t){let i={"Content-Type":`application/json`,Accept:`application/graphql-response+json`,"Accept-Language":r()};try{return await fetch(`/graphql`,{method:`POST`,headers:i,body:e,...t?{signal:t}:{}})}catch(e){throw new n(t?.aborted||o(e)?`CANCELLED`:`NETWORK`)}}async function ee(e){try{let t=await e.json();return typeof t==`object`&&t?t:{}}catch{return{}}}function te(e,t){return e.status===401?new n(`UNAUTHENTICATED`):e.status===403?new n(`FORBIDDEN`):e.status===429?new n(`RATE_LIMITED`,Number(e.headers.get(`Retry-After`))||60):e.status===502||e.status===503||e.status===504?new n(`NETWORK`):new n(`INTERNAL`,0,t)}function o(e){return e instanceof DOMException&&e.name===`AbortError`}var s=class extends String{__apiType;value;__meta__;constructor(e,t){super(e),this.value=e,this.__meta__=t}toString(){return this.value}};new s(`
    fragment AccessPointRow on AccessPoint {
  id
  code
  name
  description
  kind
  builtIn
  userCount
}
    `,{fragmentName:`AccessPointRow`}),new s(`
    fragment WhitelistChoice on Whitelist {
  id
  name
  userCount
  entries {
    cidr
  }
}
    `,{fragmentName:`WhitelistChoice`}),new s(`
    fragment AccessPointDetails on AccessPoint {
  ...AccessPointRow
  origins
  revision
  whitelistsReportOnly
  secretRotatedAt
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
}`,{fragmentName:`AccessPointDetails`}),new s(`
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
    `,{fragmentName:`ViewerParts`}),new s(`
    fragment UserErrorParts on UserError {
  code
  field
  message
}
    `,{fragmentName:`UserErrorParts`}),new s(`
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
}`,{fragmentName:`EnrolledParts`}),new s(`
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
    `,{fragmentName:`EventParts`}),new s(`
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
    `,{fragmentName:`DecisionParts`}),new s(`
    fragment HomeSome on UserConnection {
  nodes {
    id
    name
  }
  totalCount
}
    `,{fragmentName:`HomeSome`}),new s(`
    fragment KeyParts on ApiKey {
  id
  description
  hint
  status
  revision
  restrictedTo
  accessPoints {
    id
    code
  }
  whitelists @include(if: $lists) {
    id
    name
  }
  expiresAt
  lastUsedAt
  lastUsedIp
  replaces {
    id
    hint
  }
  replacedBy {
    id
    hint
  }
}
    `,{fragmentName:`KeyParts`}),new s(`
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
  }
}
    `,{fragmentName:`ProfileUser`}),new s(`
    fragment ReportParts on WhitelistReport {
  refusals
  addressCount
  addresses {
    cidr
    refusals
    lastAt
  }
}
    `,{fragmentName:`ReportParts`}),new s(`
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
    `,{fragmentName:`ExtensibleWhitelist`}),new s(`
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
    `,{fragmentName:`RoleRow`}),new s(`
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
}`,{fragmentName:`RoleDetails`}),new s(`
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
}`,{fragmentName:`SignInParts`}),new s(`
    fragment AccountSettings on Account {
  id
  handle
  name
  revision
  policy {
    mfaForced
    passwordMinLength
    apiKeyMaxLifetimeDays
    sessionIdleMinutes
    sessionMaxHours
    revision
  }
}
    `,{fragmentName:`AccountSettings`}),new s(`
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
    `,{fragmentName:`UserRow`}),new s(`
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
}`,{fragmentName:`UserDetails`}),new s(`
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
}`,{fragmentName:`UserPayloadParts`}),new s(`
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
    `,{fragmentName:`WhitelistRow`}),new s(`
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
}`,{fragmentName:`WhitelistDetails`});var c=new s(`
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
}`),l=new s(`
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
}`),u=new s(`
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
}`),d=new s(`
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
}`),f=new s(`
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
}`),p=new s(`
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
}`),m=new s(`
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
}`),h=new s(`
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
    `),g=new s(`
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
  }
}
    `),_=new s(`
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
}`),v=new s(`
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
}`),y=new s(`
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
}`),b=new s(`
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
}`),x=new s(`
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
}`),S=new s(`
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
    `),C=new s(`
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
}`),w=new s(`
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
}`),T=new s(`
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
}`),E=new s(`
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
}`),D=new s(`
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
}`),O=new s(`
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
}`),k=new s(`
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
    `),A=new s(`
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
    `),j=new s(`
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
}`),M=new s(`
    query KeysOfUser($id: ID!, $statuses: [ApiKeyStatus!]!, $first: Int!, $lists: Boolean!) {
  user(by: {id: $id}) {
    id
    apiKeys(first: $first, filter: {statuses: $statuses}) {
      nodes {
        ...KeyParts
      }
      totalCount
    }
  }
}
    fragment KeyParts on ApiKey {
  id
  description
  hint
  status
  revision
  restrictedTo
  accessPoints {
    id
    code
  }
  whitelists @include(if: $lists) {
    id
    name
  }
  expiresAt
  lastUsedAt
  lastUsedIp
  replaces {
    id
    hint
  }
  replacedBy {
    id
    hint
  }
}`),N=new s(`
    query KeyChoices($id: ID!) {
  user(by: {id: $id}) {
    id
    permissions
    accessPoints {
      id
      code
      name
      kind
    }
  }
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
    }
  }
}
    `),P=new s(`
    mutation CreateKey($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    apiKey {
      id
      description
      accessPoints {
        id
        code
      }
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
}`),F=new s(`
    mutation RotateKey($input: RotateApiKeyInput!) {
  rotateApiKey(input: $input) {
    apiKey {
      id
      description
      accessPoints {
        id
        code
      }
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
}`),I=new s(`
    mutation UpdateKey($input: UpdateApiKeyInput!) {
  updateApiKey(input: $input) {
    apiKey {
      id
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
}`),L=new s(`
    mutation RevokeKey($id: ID!) {
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
}`),R=new s(`
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
    `),z=new s(`
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
  }
}`),B=new s(`
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
}`),V=new s(`
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
}`),H=new s(`
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
}`),U=new s(`
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
}`),W=new s(`
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
}`),G=new s(`
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
}`),K=new s(`
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
}`),q=new s(`
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
}`),J=new s(`
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
}`),Y=new s(`
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
}`),X=new s(`
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
    `),Z=new s(`
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
}`),Q=new s(`
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
}`),ne=new s(`
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
    `),re=new s(`
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
}`),ie=new s(`
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
}`),ae=new s(`
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
}`),oe=new s(`
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
}`),se=new s(`
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
}`),ce=new s(`
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
}`),le=new s(`
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
}`),ue=new s(`
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
}`),de=new s(`
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
}`),fe=new s(`
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
}`),pe=new s(`
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
}`),me=new s(`
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
}`),he=new s(`
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
}`),ge=new s(`
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
}`),_e=new s(`
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
}`),ve=new s(`
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
    apiKeyMaxLifetimeDays
    sessionIdleMinutes
    sessionMaxHours
    revision
  }
}`),ye=new s(`
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
    `),be=new s(`
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
    apiKeyMaxLifetimeDays
    sessionIdleMinutes
    sessionMaxHours
    revision
  }
}`),xe=new s(`
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
    apiKeyMaxLifetimeDays
    sessionIdleMinutes
    sessionMaxHours
    revision
  }
}`),Se=new s(`
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
}`),Ce=new s(`
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
    `),we=new s(`
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
    `),Te=new s(`
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
  }
  createdAt
  createdBy {
    id
    name
    qualifiedName
  }
  revision
}`),Ee=new s(`
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
    `),De=new s(`
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
}`),Oe=new s(`
    query UserSessionCount($id: ID!) {
  user(by: {id: $id}) {
    id
    sessions {
      id
    }
  }
}
    `),ke=new s(`
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
    `),Ae=new s(`
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
}`),je=new s(`
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
    `),Me=new s(`
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
}`),Ne=new s(`
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
}`),Pe=new s(`
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
}`),$=new s(`
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
}`),Fe=new s(`
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
}`),Ie=new s(`
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
}`),Le=new s(`
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
}`),Re=new s(`
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
}`),ze=new s(`
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
}`),Be=new s(`
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
}`),Ve=new s(`
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
    `),He=new s(`
    query WhitelistReach($id: ID!, $codes: [String!]!) {
  through: users(first: 1, filter: {accessPoints: $codes}) {
    totalCount
  }
  both: users(first: 1, filter: {accessPoints: $codes, whitelistIds: [$id]}) {
    totalCount
  }
}
    `),Ue=new s(`
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
}`),We=new s(`
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
}`),Ge=new s(`
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
}`);export{L as $,R as A,ce as At,N as B,Ge as C,Te as Ct,Re as D,me as Dt,q as E,Se as Et,je as F,ze as Ft,$ as G,ne as H,k as I,ye as It,G as J,B as K,j as L,i as Lt,b as M,Be as Mt,pe as N,He as Nt,S as O,de as Ot,v as P,Y as Pt,Le as Q,A as R,se as S,Ce as St,J as T,Oe as Tt,z as U,M as V,V as W,w as X,W as Y,Ie as Z,ie as _,Ne as _t,Ve as a,X as at,Pe as b,De as bt,fe as c,le as ct,_ as d,Fe as dt,ke as et,H as f,d as ft,P as g,ae as gt,u as h,I as ht,ve as i,F as it,h as j,Ae as jt,Z as k,ue as kt,T as l,ge as lt,D as m,xe as mt,l as n,Q as nt,m as o,E as ot,U as p,be as pt,K as q,c as r,f as rt,y as s,C as st,x as t,re as tt,he as u,g as ut,Me as v,_e as vt,oe as w,we as wt,p as x,Ee as xt,Ue as y,We as yt,O as z};