import{n as e,r as t,t as n}from"./DKguw7rA.js";import{i as r}from"./imHXsQOP.js";async function i(n,r,i){let o=await a(JSON.stringify({query:n.toString(),variables:r}),i),s=await ee(o),c=o.headers.get(`X-Request-Id`)??``,l=e(s.errors??[],c);if(l)throw l;if(!s.data)throw te(o,c);return{data:s.data,forbidden:t(s.errors??[])}}async function a(e,t){let i={"Content-Type":`application/json`,Accept:`application/graphql-response+json`,"Accept-Language":r()};try{return await fetch(`/graphql`,{method:`POST`,headers:i,body:e,...t?{signal:t}:{}})}catch(e){throw new n(t?.aborted||o(e)?`CANCELLED`:`NETWORK`)}}async function ee(e){try{let t=await e.json();return typeof t==`object`&&t?t:{}}catch{return{}}}function te(e,t){return e.status===401?new n(`UNAUTHENTICATED`):e.status===403?new n(`FORBIDDEN`):e.status===429?new n(`RATE_LIMITED`,Number(e.headers.get(`Retry-After`))||60):e.status===502||e.status===503||e.status===504?new n(`NETWORK`):new n(`INTERNAL`,0,t)}function o(e){return e instanceof DOMException&&e.name===`AbortError`}var s=class extends String{__apiType;value;__meta__;constructor(e,t){super(e),this.value=e,this.__meta__=t}toString(){return this.value}};new s(`
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
    `,{fragmentName:`KeyRow`}),new s(`
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
    `,{fragmentName:`KeyOwner`}),new s(`
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
}`,{fragmentName:`KeyDetails`}),new s(`
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
    `,{fragmentName:`MailRow`}),new s(`
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
    sessionIdleMinutes
    sessionMaxHours
    apiKeyMaxLifetimeDays
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
    ... on ApiKey {
      description
      hint
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
}`),M=new s(`
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
}`),N=new s(`
    query EndedKeyCount($userId: ID!) {
  apiKeys(first: 1, filter: {userIds: [$userId], statuses: [EXPIRED, REVOKED]}) {
    totalCount
  }
}
    `),P=new s(`
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
}`),F=new s(`
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
}`),I=new s(`
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
    `),L=new s(`
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
}`),R=new s(`
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
}`),z=new s(`
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
}`),B=new s(`
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
}`),V=new s(`
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
    `),H=new s(`
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
}`),U=new s(`
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
    `),W=new s(`
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
    `),G=new s(`
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
}`),K=new s(`
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
    `),q=new s(`
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
}`),J=new s(`
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
}`),Y=new s(`
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
}`),X=new s(`
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
}`),Z=new s(`
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
}`),Q=new s(`
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
}`),ne=new s(`
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
}`),re=new s(`
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
}`),ie=new s(`
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
}`),ae=new s(`
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
}`),oe=new s(`
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
}`),se=new s(`
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
    `),ce=new s(`
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
}`),le=new s(`
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
}`),ue=new s(`
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
    `),de=new s(`
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
}`),fe=new s(`
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
}`),pe=new s(`
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
}`),me=new s(`
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
}`),he=new s(`
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
}`),ge=new s(`
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
}`),_e=new s(`
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
}`),ve=new s(`
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
}`),ye=new s(`
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
}`),be=new s(`
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
}`),xe=new s(`
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
}`),Se=new s(`
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
}`),Ce=new s(`
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
}`),we=new s(`
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
}`),Te=new s(`
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
}`),Ee=new s(`
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
}`),De=new s(`
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
    `),Oe=new s(`
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
}`),ke=new s(`
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
}`),Ae=new s(`
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
}`),je=new s(`
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
    `),Me=new s(`
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
    `),Ne=new s(`
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
}`),Pe=new s(`
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
    `),Fe=new s(`
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
}`),Ie=new s(`
    query UserSessionCount($id: ID!) {
  user(by: {id: $id}) {
    id
    sessions {
      id
    }
  }
}
    `),Le=new s(`
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
    `),Re=new s(`
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
}`),ze=new s(`
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
    `),Be=new s(`
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
}`),Ve=new s(`
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
}`),$=new s(`
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
}`),He=new s(`
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
}`),Ue=new s(`
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
}`),We=new s(`
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
}`),Ge=new s(`
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
}`),Ke=new s(`
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
}`),qe=new s(`
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
}`),Je=new s(`
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
}`),Ye=new s(`
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
    `),Xe=new s(`
    query WhitelistReach($id: ID!, $codes: [String!]!) {
  through: users(first: 1, filter: {accessPoints: $codes}) {
    totalCount
  }
  both: users(first: 1, filter: {accessPoints: $codes, whitelistIds: [$id]}) {
    totalCount
  }
}
    `),Ze=new s(`
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
}`),Qe=new s(`
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
}`),$e=new s(`
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
}`);export{re as $,S as A,je as At,A as B,Je as Bt,he as C,B as Ct,ie as D,Qe as Dt,ae as E,Te as Et,xe as F,Se as Ft,I as G,i as Gt,V as H,oe as Ht,v as I,ye as It,ue as J,U as K,ze as L,ve as Lt,K as M,Me as Mt,h as N,Ie as Nt,Ke as O,Fe as Ot,b as P,Ae as Pt,J as Q,k as R,ge as Rt,p as S,ke as St,me as T,Ve as Tt,F as U,qe as Ut,O as V,Xe as Vt,P as W,De as Wt,Y as X,q as Y,He as Z,L as _,g as _t,M as a,Ge as at,Ze as b,d as bt,y as c,de as ct,Ce as d,R as dt,ne as et,_ as f,se as ft,u as g,we as gt,D as h,_e as ht,Ee as i,We as it,ce as j,Ne as jt,N as k,Pe as kt,be as l,le as lt,Z as m,C as mt,l as n,w as nt,Ye as o,z as ot,X as p,E as pt,H as q,c as r,G as rt,m as s,Le as st,x as t,Q as tt,T as u,f as ut,fe as v,W as vt,$e as w,pe as wt,$ as x,Oe as xt,Be as y,Ue as yt,j as z,Re as zt};