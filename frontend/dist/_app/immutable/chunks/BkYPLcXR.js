import{n as e,r as t,t as n}from"./B4v-ac-J.js";import{i as r}from"./B1AQ8MM5.js";async function i(n,r,i){let s=await a(JSON.stringify({query:n.toString(),variables:r}),i),c=await ee(s),l=s.headers.get(`X-Request-Id`)??``,u=e(c.errors??[],l);if(u)throw u;if(!c.data)throw o(s,l);return{data:c.data,forbidden:t(c.errors??[])}}async function a(e,t){let i={"Content-Type":`application/json`,Accept:`application/graphql-response+json`,"Accept-Language":r()};try{return await fetch(`/graphql`,{method:`POST`,headers:i,body:e,...t?{signal:t}:{}})}catch(e){throw new n(t?.aborted||s(e)?`CANCELLED`:`NETWORK`)}}async function ee(e){try{let t=await e.json();return typeof t==`object`&&t?t:{}}catch{return{}}}function o(e,t){return e.status===401?new n(`UNAUTHENTICATED`):e.status===403?new n(`FORBIDDEN`):e.status===429?new n(`RATE_LIMITED`,Number(e.headers.get(`Retry-After`))||60):e.status===502||e.status===503||e.status===504?new n(`NETWORK`):new n(`INTERNAL`,0,t)}function s(e){return e instanceof DOMException&&e.name===`AbortError`}var c=class extends String{__apiType;value;__meta__;constructor(e,t){super(e),this.value=e,this.__meta__=t}toString(){return this.value}};new c(`
    fragment AccessPointRow on AccessPoint {
  id
  code
  name
  description
  kind
  builtIn
  userCount
}
    `,{fragmentName:`AccessPointRow`}),new c(`
    fragment WhitelistChoice on Whitelist {
  id
  name
  userCount
  entries {
    cidr
  }
}
    `,{fragmentName:`WhitelistChoice`}),new c(`
    fragment AccessPointDetails on AccessPoint {
  ...AccessPointRow
  origins
  revision
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
}`,{fragmentName:`AccessPointDetails`}),new c(`
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
    `,{fragmentName:`ViewerParts`}),new c(`
    fragment UserErrorParts on UserError {
  code
  field
  message
}
    `,{fragmentName:`UserErrorParts`}),new c(`
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
}`,{fragmentName:`EnrolledParts`}),new c(`
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
    `,{fragmentName:`EventParts`}),new c(`
    fragment HomeSome on UserConnection {
  nodes {
    id
    name
  }
  totalCount
}
    `,{fragmentName:`HomeSome`}),new c(`
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
    `,{fragmentName:`ProfileUser`}),new c(`
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
    `,{fragmentName:`RoleRow`}),new c(`
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
}`,{fragmentName:`RoleDetails`}),new c(`
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
}`,{fragmentName:`SignInParts`}),new c(`
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
    revision
  }
}
    `,{fragmentName:`AccountSettings`}),new c(`
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
    `,{fragmentName:`UserRow`}),new c(`
    fragment UserDetails on User {
  ...UserRow
  language
  mfaForced
  permissions
  roles {
    id
    name
    builtIn
    permissions
  }
  whitelists {
    ...WhitelistChoice
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
}`,{fragmentName:`UserDetails`}),new c(`
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
}`,{fragmentName:`UserPayloadParts`}),new c(`
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
    `,{fragmentName:`WhitelistRow`}),new c(`
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
}`,{fragmentName:`WhitelistDetails`});var l=new c(`
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
}`),u=new c(`
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
}`),d=new c(`
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
}`),f=new c(`
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
}`),p=new c(`
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
}`),m=new c(`
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
}`),h=new c(`
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
    `),g=new c(`
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
    `),_=new c(`
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
}`),v=new c(`
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
}`),y=new c(`
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
}`),b=new c(`
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
}`),x=new c(`
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
}`),S=new c(`
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
}`),C=new c(`
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
}`),w=new c(`
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
}`),T=new c(`
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
}`),E=new c(`
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
}`),D=new c(`
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
    `),O=new c(`
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
    `),k=new c(`
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
}`),A=new c(`
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
    `),j=new c(`
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
}`),M=new c(`
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
}`),N=new c(`
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
}`),P=new c(`
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
}`),F=new c(`
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
}`),I=new c(`
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
}`),L=new c(`
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
}`),R=new c(`
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
}`),z=new c(`
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
}`),B=new c(`
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
}`),V=new c(`
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
}`),H=new c(`
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
    `),U=new c(`
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
}`),W=new c(`
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
}`),G=new c(`
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
}`),K=new c(`
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
}`),q=new c(`
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
}`),J=new c(`
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
}`),te=new c(`
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
}`),Y=new c(`
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
}`),X=new c(`
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
}`),Z=new c(`
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
}`),Q=new c(`
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
}`),ne=new c(`
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
}`),re=new c(`
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
}`),ie=new c(`
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
}`),ae=new c(`
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
}`),oe=new c(`
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
    revision
  }
}`),se=new c(`
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
    `),ce=new c(`
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
    revision
  }
}`),le=new c(`
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
    revision
  }
}`),ue=new c(`
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
}`),de=new c(`
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
    `),fe=new c(`
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
    `),pe=new c(`
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
  roles {
    id
    name
    builtIn
    permissions
  }
  whitelists {
    ...WhitelistChoice
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
}`),me=new c(`
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
    `),he=new c(`
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
}`),ge=new c(`
    query UserSessionCount($id: ID!) {
  user(by: {id: $id}) {
    id
    sessions {
      id
    }
  }
}
    `),_e=new c(`
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
    `),ve=new c(`
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
}`),ye=new c(`
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
    `),be=new c(`
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
}`),xe=new c(`
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
}`),Se=new c(`
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
}`),Ce=new c(`
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
}`),we=new c(`
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
}`),Te=new c(`
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
}`),Ee=new c(`
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
}`),De=new c(`
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
}`),$=new c(`
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
}`),Oe=new c(`
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
}`),ke=new c(`
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
    `),Ae=new c(`
    query WhitelistReach($id: ID!, $codes: [String!]!) {
  through: users(first: 1, filter: {accessPoints: $codes}) {
    totalCount
  }
  both: users(first: 1, filter: {accessPoints: $codes, whitelistIds: [$id]}) {
    totalCount
  }
}
    `),je=new c(`
    mutation CreateWhitelist($input: CreateWhitelistInput!) {
  createWhitelist(input: $input) {
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
}`),Me=new c(`
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
}`),Ne=new c(`
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
}`);export{ie as $,v as A,M as B,B as C,$ as Ct,h as D,A as E,E as F,Te as G,L as H,H as I,U as J,Ee as K,j as L,D as M,k as N,b as O,O as P,te as Q,N as R,K as S,Ae as St,De as T,i as Tt,I as U,R as V,S as W,w as X,V as Y,x as Z,je as _,X as _t,m as a,G as at,q as b,ve as bt,C as c,Me as ct,P as d,de as dt,g as et,F as f,pe as ft,be as g,ne as gt,W as h,ue as ht,ke as i,le as it,ye as j,Q as k,re as l,he as lt,d as m,ge as mt,l as n,f as nt,y as o,xe as ot,T as p,fe as pt,_e as q,oe as r,ce as rt,Z as s,ae as st,u as t,we as tt,_ as u,me as ut,Se as v,Y as vt,z as w,se as wt,Ne as x,Oe as xt,p as y,J as yt,Ce as z};