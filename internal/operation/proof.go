// Package operation says what every change requires, whichever service makes it: so far, how fresh the proof of the
// session must be.
package operation

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Change is what a viewer is about to commit. A fact that is left at its zero value counts against the viewer: the proof
// must then be fresher.
type Change struct {
	Viewer *access.Viewer
	Action audit.Action
	// UserID is whom the change concerns; empty where it is no single user.
	UserID typeid.ID
	// Fields are those that differ, as the audit trail names them.
	Fields []db.AuditChange
	// OpensNothing says that nobody gains access: no user has the role or whitelist, the mail brings no link.
	OpensNothing bool
}

// rules says of every action of a viewer which proof it requires. An action that is missing requires the freshest, and
// fails a test.
var rules = map[audit.Action]func(Change) access.Proof{
	// One's own credentials.
	audit.UserSetPassword: oneself, audit.UserChangeEmail: oneself,
	audit.MFAEnrol: firstFactorFree, audit.MFARemove: oneself, audit.MFARegenerateRecoveryCodes: oneself,
	audit.APIKeyCreate: ofKeys, audit.APIKeyRotate: ofKeys, audit.APIKeyUpdate: ofKeys,
	audit.APIKeyRevoke: endOfKeys,

	// What gives others access, or more of it.
	audit.UserCreate: others, audit.UserReactivate: others, audit.UserUnlock: others, audit.UserResetMFA: others,
	audit.UserUpdate: ofUser, audit.UserResendWelcome: unlessItOpensNothing, audit.UserResendMail: unlessItOpensNothing,
	audit.RoleUpdate: unlessItOpensNothing, audit.WhitelistUpdate: unlessItOpensNothing,
	audit.AccessPointUpdate: others, audit.AccessPointRotateSecret: others, audit.AccountUpdatePolicy: others,

	// What takes access away must not wait: nobody who fears a thief has time for a proof.
	audit.UserDeactivate: none, audit.SessionSignOut: none, audit.SessionRevoke: none, audit.SessionRevokeOthers: none,

	// What nobody holds yet, or any more, and what is only a name.
	audit.RoleCreate: none, audit.RoleDelete: none, audit.WhitelistCreate: none, audit.WhitelistDelete: none,
	audit.AccessPointCreate: none, audit.AccessPointDelete: none, audit.AccountUpdate: none, audit.MFARename: none,
}

// onlyNames are the fields of a user that open nothing to anybody.
var onlyNames = []string{"name", "language"}

// credentials are the fields of a user that a key never changes.
var credentials = []string{"password", "email"}

func none(Change) access.Proof    { return access.NoProof }
func oneself(Change) access.Proof { return access.ProofForOneself }
func others(Change) access.Proof  { return access.ProofForOthers }

func unlessItOpensNothing(c Change) access.Proof {
	if c.OpensNothing {
		return access.NoProof
	}
	return access.ProofForOthers
}

// firstFactorFree spares a session that may do nothing but enrol its first factor: it has just signed in.
func firstFactorFree(c Change) access.Proof {
	if c.Viewer.Assurance() == db.EnrolmentRequired {
		return access.NoProof
	}
	return access.ProofForOneself
}

func ofUser(c Change) access.Proof {
	switch {
	case len(c.Fields) > 0 && !c.changes(func(field string) bool { return !slices.Contains(onlyNames, field) }):
		return access.NoProof
	case c.own() && c.changesAny(credentials):
		return access.ProofForOneself
	}
	return access.ProofForOthers
}

func ofKeys(c Change) access.Proof {
	if c.UserID == "" || c.own() {
		return access.ProofForOneself
	}
	return access.ProofForOthers
}

func endOfKeys(c Change) access.Proof {
	if c.UserID == "" || c.own() {
		return access.ProofForOneself
	}
	return access.NoProof
}

func (c Change) own() bool { return c.UserID == c.Viewer.User.ID }

func (c Change) changes(is func(field string) bool) bool {
	return slices.ContainsFunc(c.Fields, func(change db.AuditChange) bool { return is(change.Field) })
}

func (c Change) changesAny(fields []string) bool {
	return c.changes(func(field string) bool { return slices.Contains(fields, field) })
}

// inPerson are the actions on credentials, whoever's they are, and on the account's policy: no key does any of them.
var inPerson = []audit.Action{
	audit.UserSetPassword, audit.UserChangeEmail, audit.UserResetMFA,
	audit.MFAEnrol, audit.MFARename, audit.MFARemove, audit.MFARegenerateRecoveryCodes,
	audit.APIKeyCreate, audit.APIKeyRotate, audit.APIKeyUpdate, audit.APIKeyRevoke,
	audit.AccessPointRotateSecret, audit.AccountUpdatePolicy,
}

// RequirePerson returns [access.ErrPersonRequired] for a key that begins what no key does.
func RequirePerson(viewer *access.Viewer, action audit.Action) error {
	if slices.Contains(inPerson, action) {
		return viewer.RequirePerson()
	}
	return nil
}

// Proof is how fresh the proof must be that a change requires.
func Proof(c Change) access.Proof {
	if rule, ok := rules[c.Action]; ok {
		return rule(c)
	}
	return access.ProofForOneself
}

// RequireProof holds a change to its rule. It is called in the transaction of the change and reads the session again: the
// proof counts as it is at that moment, and only for the cookie that the request came with. It returns
// [access.ErrStepUpRequired], [access.ErrPersonRequired] for a key that touches credentials, and
// [access.ErrUnauthenticated] when the session has ended since, or has another cookie by now.
func RequireProof(ctx context.Context, r db.Reader, c Change, now time.Time) error {
	if c.Action == audit.UserUpdate && c.changesAny(credentials) {
		if err := c.Viewer.RequirePerson(); err != nil {
			return err
		}
	}
	proof := Proof(c)
	if proof == access.NoProof || c.Viewer.Session == nil {
		return c.Viewer.RequireProof(proof, now)
	}
	session, err := r.SessionByID(ctx, c.Viewer.Account.ID, c.Viewer.Session.ID)
	if errors.Is(err, db.ErrNotFound) || err == nil && !bytes.Equal(session.TokenHash, c.Viewer.Session.TokenHash) {
		return access.ErrUnauthenticated
	}
	if err != nil {
		return err
	}
	viewer := *c.Viewer
	viewer.Session = session
	return viewer.RequireProof(proof, now)
}
