import{n as e,r as t,t as n}from"./B4v-ac-J.js";import{i as r}from"./DsucI3up.js";async function i(n,r,i){let c=await a(JSON.stringify({query:n.toString(),variables:r}),i),l=await o(c),u=c.headers.get(`X-Request-Id`)??``,d=e(l.errors??[],u);if(d)throw d;if(!l.data)throw s(c,u);return{data:l.data,forbidden:t(l.errors??[])}}async function a(e,t){let i={"Content-Type":`application/json`,Accept:`application/graphql-response+json`,"Accept-Language":r()};try{return await fetch(`/graphql`,{method:`POST`,headers:i,body:e,...t?{signal:t}:{}})}catch(e){throw new n(t?.aborted||c(e)?`CANCELLED`:`NETWORK`)}}async function o(e){try{let t=await e.json();return typeof t==`object`&&t?t:{}}catch{return{}}}function s(e,t){return e.status===401?new n(`UNAUTHENTICATED`):e.status===403?new n(`FORBIDDEN`):e.status===429?new n(`RATE_LIMITED`,Number(e.headers.get(`Retry-After`))||60):e.status===502||e.status===503||e.status===504?new n(`NETWORK`):new n(`INTERNAL`,0,t)}function c(e){return e instanceof DOMException&&e.name===`AbortError`}var l=class extends String{__apiType;value;__meta__;constructor(e,t){super(e),this.value=e,this.__meta__=t}toString(){return this.value}};new l(`
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
    `,{fragmentName:`ViewerParts`}),new l(`
    fragment UserErrorParts on UserError {
  code
  field
  message
}
    `,{fragmentName:`UserErrorParts`}),new l(`
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
}`,{fragmentName:`SignInParts`});var u=new l(`
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
}`),d=new l(`
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
}`),f=new l(`
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
}`),p=new l(`
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
}`),m=new l(`
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
}`),h=new l(`
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
}`),g=new l(`
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
}`),_=new l(`
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
    `),v=new l(`
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
}`),y=new l(`
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
}`),b=new l(`
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
}`),x=new l(`
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
}`),S=new l(`
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
}`),C=new l(`
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
}`),w=new l(`
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
}`),T=new l(`
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
}`);export{i as _,_ as a,h as c,w as d,T as f,v as g,b as h,g as i,f as l,x as m,C as n,d as o,S as p,u as r,p as s,m as t,y as u};