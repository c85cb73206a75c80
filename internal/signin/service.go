// Package signin is how somebody proves who they are: passwords, second factors and links, the sessions that follow from
// them, and the throttle in front.
//
// Signing in tells nothing (product rule 7): whatever was wrong, the same work is done before the same answer, and what
// the trail and the user are to hear of it is written afterwards, off the path of the request.
package signin

import (
	"cmp"
	"log/slog"
	"net/netip"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/throttle"
)

// Config is what the service works with.
type Config struct {
	Store     *db.DB
	Catalogue *access.Catalogue
	Passwords *password.Hasher
	Keys      *secret.Keys
	Mail      *mail.Composer
	// State answers what whoever asks may do, from memory.
	State *access.State
	Usage *access.Usage
	Now   func() time.Time
	Log   *slog.Logger
	// PublicURL is where browsers find the server: its host is what passkeys belong to.
	PublicURL *url.URL
	// Issuer is how authenticator apps and devices name this installation. Empty: "Gatehouse".
	Issuer string
}

// Service is safe for concurrent use. It must be closed, which finishes what it does after its answers.
type Service struct {
	store      *db.DB
	deciding   *db.DB // for what every request waits for
	catalogue  *access.Catalogue
	passwords  *password.Hasher
	keys       *secret.Keys
	mail       *mail.Composer
	state      *access.State
	usage      *access.Usage
	throttle   *throttle.Throttle
	stored     atomic.Pointer[password.Mixture] // of all accounts, see LearnPasswords
	keyRows    keyRowsCache
	now        func() time.Time
	issuer     string
	party      *webauthn.WebAuthn // nil: there can be no passkeys here
	lotSeed    atomic.Pointer[[]byte]
	background *background
}

// New makes a service. Everything else of the configuration must be given.
func New(config Config) *Service {
	s := &Service{
		store:     config.Store,
		deciding:  config.Store.ForDecisions(),
		catalogue: config.Catalogue,
		passwords: config.Passwords,
		keys:      config.Keys,
		mail:      config.Mail,
		state:     config.State,
		usage:     config.Usage,
		throttle:  throttle.New(config.Store, config.Now),
		now:       config.Now,
		issuer:    cmp.Or(config.Issuer, "Gatehouse"),
	}
	s.party = newRelyingParty(config.PublicURL, s.issuer, config.Log)
	s.background = newBackground(s, config.Log)
	return s
}

// Client is who asks before it is known who that is.
type Client struct {
	// IP is the visitor's address by product rule 6.
	IP        netip.Addr
	UserAgent string
	// DeviceToken, SessionToken and BrowserToken are the values of the cookies, empty where there are none.
	DeviceToken  secret.Token
	SessionToken secret.Token
	BrowserToken secret.Token
}

// Next is what the client shows after a step. Empty: the step did what it is for, but leads to no session.
type Next string

// The values of SignInNext in the GraphQL schema.
const (
	SignedIn  Next = "SIGNED_IN"
	VerifyMFA Next = "VERIFY_MFA"
	EnrolMFA  Next = "ENROL_MFA"
)

// ProofKind is something that can be shown to prove who one is.
type ProofKind string

// The values of ProofKind in the GraphQL schema.
const (
	PasswordProof     ProofKind = "PASSWORD"
	TOTPProof         ProofKind = "TOTP"
	PasskeyProof      ProofKind = "PASSKEY"
	RecoveryCodeProof ProofKind = "RECOVERY_CODE"
)

// Challenge stands for what was shown so far.
type Challenge struct {
	Token     secret.Token
	Methods   []ProofKind
	ExpiresAt db.Time
}

// Step is where a proof has led.
type Step struct {
	Next      Next
	Challenge *Challenge // with VerifyMFA
	// Viewer is there with SignedIn and EnrolMFA, unless the user may sign in but not come in here.
	Viewer *access.Viewer
	// SessionToken is a new value of the session cookie, good until SessionExpires at the latest. Empty: the cookie stays.
	SessionToken   secret.Token
	SessionExpires db.Time
	// DeviceToken is a new value of the device cookie, good for [DeviceLifetime]. Empty: the cookie stays.
	DeviceToken secret.Token
}

// Figures of the product's rules.
const (
	// DeviceLifetime is how long a device that has signed in to a user passes a lock of that user.
	DeviceLifetime = 90 * 24 * time.Hour
	// ChallengeLifetime is how long what was shown so far counts.
	ChallengeLifetime = 5 * time.Minute
)
