package access

import (
	"net/netip"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Proof is which fresh proof of the session (step-up) a change requires.
type Proof int

const (
	// NoProof: any session will do, and any key.
	NoProof Proof = iota
	// ProofForOthers is for what opens access to others. A key needs none.
	ProofForOthers
	// ProofForOneself is for one's own credentials, which no key changes.
	ProofForOneself
)

// How old a proof may be at most (product rule 8).
const (
	ProofLifetime          = 10 * time.Minute
	ProofLifetimeForOthers = 60 * time.Minute
)

func (p Proof) lifetime() time.Duration {
	if p == ProofForOthers {
		return ProofLifetimeForOthers
	}
	return ProofLifetime
}

// Viewer is who asks, through which session or with which key and from where, with what they may do at this moment. It is
// made anew for each request, so that a change takes effect with the next. The rows that it points to may be shared between
// requests and are never changed.
type Viewer struct {
	Account *db.Account
	User    *db.User
	// Session is nil for a key, and Key for a session.
	Session *db.Session
	Key     *db.APIKey
	// IP is the visitor's address by product rule 6, never IPv4-mapped.
	IP          netip.Addr
	Permissions Set
	// Admin says whether the viewer holds the role admin, which Permissions alone do not tell (product rule 3).
	Admin bool
}

// NewViewer makes the viewer of a session that may come in. One that must enrol a second factor first may do nothing else.
func NewViewer(account *db.Account, user *db.User, session *db.Session, ip netip.Addr, subject *Subject) *Viewer {
	viewer := &Viewer{Account: account, User: user, Session: session, IP: ip.Unmap()}
	if viewer.RequireEnrolled() == nil {
		viewer.Permissions, viewer.Admin = subject.Permissions(), subject.Admin()
	}
	return viewer
}

// NewKeyViewer makes the viewer of a key that may come in.
func NewKeyViewer(account *db.Account, user *db.User, key *db.APIKey, ip netip.Addr, subject *Subject) *Viewer {
	return &Viewer{
		Account: account, User: user, Key: key, IP: ip.Unmap(), Permissions: subject.Permissions(), Admin: subject.Admin(),
	}
}

// Is says whether the viewer is a user in person. A key is never its user: what users may see and do for themselves is not
// given to it (product rule 3).
func (v *Viewer) Is(userID typeid.ID) bool { return v.Key == nil && v.User.ID == userID }

// ActsFor says whether the viewer is a user, in person or by a key: what nobody may do to themselves, no key of theirs does
// either.
func (v *Viewer) ActsFor(userID typeid.ID) bool { return v.User.ID == userID }

// AccessPoint is the code of the door that the viewer has come through.
func (v *Viewer) AccessPoint() string {
	if v.Key != nil {
		return db.ForPrograms
	}
	return db.Web
}

// Assurance is what the viewer has shown.
func (v *Viewer) Assurance() db.Assurance {
	if v.Key != nil {
		return db.ByKey
	}
	return v.Session.Assurance
}

// May says whether the viewer has a permission.
func (v *Viewer) May(code string) bool { return v.Permissions.Has(code) }

// CanGrant says whether the viewer may add permissions to a role: holders of admin any, everybody else what they have
// themselves (product rule 3).
func (v *Viewer) CanGrant(permissions Set) bool {
	return v.Admin || v.Permissions.Includes(permissions)
}

// CanAssign says whether the viewer may give a role to somebody, and for the role admin also whether they may take it
// (product rule 3).
func (v *Viewer) CanAssign(catalogue *Catalogue, role *db.Role) bool {
	return v.Admin || role.Kind != db.AdminRole && v.CanGrant(catalogue.Grants(role))
}

// CanManage says whether the viewer may take over a user that has the given permissions: change their password, email,
// factors, doors and the like (product rule 3). Whether they may change anything of a user at all is a question of
// permissions, asked before.
func (v *Viewer) CanManage(target Set, targetIsAdmin bool) bool {
	return v.Admin || !targetIsAdmin && v.Permissions.Includes(target)
}

// RequireEnrolled returns [ErrMFARequired] when the session may do nothing but enrol a second factor (product rule 8).
// [Viewer.Require] asks it too.
func (v *Viewer) RequireEnrolled() error {
	if v.Assurance() == db.EnrolmentRequired {
		return ErrMFARequired
	}
	return nil
}

// Require returns a [ForbiddenError] when the viewer has none of the permissions, naming the first.
func (v *Viewer) Require(codes ...string) error {
	if err := v.RequireEnrolled(); err != nil {
		return err
	}
	for _, code := range codes {
		if v.May(code) {
			return nil
		}
	}
	return &ForbiddenError{codes[0]}
}

// RequirePerson returns [ErrPersonRequired] when a key asks: it never touches credentials of its own user, nor keys
// (product rule 8).
func (v *Viewer) RequirePerson() error {
	if v.Key != nil {
		return ErrPersonRequired
	}
	return nil
}

// ProvenUntil is until when no fresh proof is required of the viewer's session for what requires one; zero when one is
// required at once, and for a key, which can give none.
func (v *Viewer) ProvenUntil(proof Proof, now time.Time) db.Time {
	if v.Key != nil {
		return 0
	}
	lifetime := proof.lifetime()
	until := v.Session.ProvenAt.Add(lifetime)
	if until <= db.At(now) || v.Session.ProvenAt > db.At(now.Add(lifetime)) { // the latter by a clock that has been put back
		return 0
	}
	return until
}

// RequireProof returns [ErrStepUpRequired] when the session's last proof is too old for what requires one, and
// [ErrPersonRequired] for a key where it concerns credentials.
func (v *Viewer) RequireProof(proof Proof, now time.Time) error {
	switch {
	case proof == NoProof, proof == ProofForOthers && v.Key != nil:
		return nil
	case v.Key != nil:
		return ErrPersonRequired
	case v.ProvenUntil(proof, now) == 0:
		return ErrStepUpRequired
	}
	return nil
}

// Actor is how the audit trail names the viewer.
func (v *Viewer) Actor() db.Actor {
	actor := db.Actor{
		ActorID:     v.User.ID,
		ActorName:   QualifiedName(v.Account, v.User),
		AccessPoint: v.AccessPoint(),
		IP:          v.IP.String(),
	}
	if v.Key != nil {
		actor.APIKeyID = v.Key.ID
	}
	return actor
}

// QualifiedName is how every record of a change names a user: "acme/jane".
func QualifiedName(account *db.Account, user *db.User) string {
	return account.Handle + "/" + user.LoginName
}
