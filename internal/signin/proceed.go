package signin

import (
	"cmp"
	"context"
	"slices"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/throttle"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Bounds of product rule 14.
const (
	maxSessions  = 50
	maxDevices   = 20
	maxUserAgent = 255
)

// proceed goes on from a proven password: to the second factor, to the enrolment of one, or in. try is nil where the proof
// was no password but a link.
func (s *Service) proceed(ctx context.Context, client Client, who *person, try *throttle.Try) (Step, error) {
	switch {
	case who.subject.MFAEnrolled:
		return s.askFactor(ctx, who, try)
	case who.subject.MFAForced:
		return s.open(ctx, client, who, try, db.EnrolmentRequired, nil)
	}
	return s.open(ctx, client, who, try, db.ByPassword, nil)
}

// askFactor begins the challenge that stands for the proven password.
func (s *Service) askFactor(ctx context.Context, who *person, try *throttle.Try) (Step, error) {
	var challenge *Challenge
	err := s.store.TouchAccount(ctx, who.account.ID, func(tx *db.Tx) error {
		if _, err := unchanged(ctx, tx, who); err != nil {
			return err
		}
		if try != nil {
			if err := try.Right(ctx, tx); err != nil {
				return err
			}
		}
		var err error
		challenge, err = s.begin(ctx, tx, who, &db.Challenge{Purpose: db.SignInChallenge})
		return err
	})
	if err != nil {
		return Step{}, err
	}
	return Step{Next: VerifyMFA, Challenge: challenge}, nil
}

// begin stores a challenge for what a person can show next.
func (s *Service) begin(ctx context.Context, tx *db.Tx, who *person, row *db.Challenge) (*Challenge, error) {
	now, token := db.At(s.now()), secret.NewToken()
	row.ID, row.TokenHash = typeid.New("challenge"), token.Hash()
	row.AccountID, row.UserID = who.account.ID, who.user.ID
	row.CreatedAt, row.ExpiresAt = now, now.Add(ChallengeLifetime)
	if err := tx.CreateChallenge(ctx, row); err != nil {
		return nil, err
	}
	proofs, err := s.proofs(ctx, tx, who)
	return &Challenge{Token: token, Methods: proofs, ExpiresAt: row.ExpiresAt}, err
}

// proofs are what a person can show: the kind of factor that was used last comes first, recovery codes come last.
func (s *Service) proofs(ctx context.Context, tx *db.Tx, who *person) ([]ProofKind, error) {
	if !who.subject.MFAEnrolled {
		return []ProofKind{PasswordProof}, nil
	}
	factors, err := tx.Factors(ctx, who.user.ID)
	if err != nil {
		return nil, err
	}
	used := func(f db.SecondFactor) db.Time { return max(f.Of().CreatedAt, f.Of().LastUsedAt) }
	slices.SortStableFunc(factors, func(a, b db.SecondFactor) int { return cmp.Compare(used(b), used(a)) })
	var proofs []ProofKind
	for _, factor := range factors {
		kind := TOTPProof
		if _, ok := factor.(*db.Passkey); ok {
			kind = PasskeyProof
		}
		if !slices.Contains(proofs, kind) {
			proofs = append(proofs, kind)
		}
	}
	codes, err := tx.RecoveryCodeCountByUser(ctx, []typeid.ID{who.user.ID})
	if codes[who.user.ID] > 0 {
		proofs = append(proofs, RecoveryCodeProof)
	}
	return proofs, err
}

// open begins a session. take, where it is given, uses up the proof in the same transaction.
func (s *Service) open(ctx context.Context, client Client, who *person, try *throttle.Try, assurance db.Assurance, take func(*db.Tx) error) (Step, error) {
	now, token := db.At(s.now()), secret.NewToken()
	var step Step
	var session *db.Session
	err := s.store.ChangeAccount(ctx, who.account.ID, func(tx *db.Tx) error {
		step = Step{Next: SignedIn, SessionToken: token}
		current, err := unchanged(ctx, tx, who)
		if err != nil {
			return err
		}
		if take != nil {
			if err := take(tx); err != nil {
				return err
			}
		}
		policy := current.account.Policy
		session = &db.Session{
			ID: typeid.New("session"), TokenHash: token.Hash(), AccountID: who.account.ID, UserID: who.user.ID,
			Assurance: assurance, CreatedAt: now, LastSeenAt: now, ExpiresAt: policy.SessionEnd(now), ProvenAt: now,
			IP: client.IP.Unmap().String(), UserAgent: printable(client.UserAgent, maxUserAgent),
		}
		// The cookie of this browser is about to be replaced: what it stood for must not live on, unseen by its owner.
		if err := tx.DeleteSessionByToken(ctx, client.SessionToken.Hash()); err != nil {
			return err
		}
		if err := tx.CreateSession(ctx, session, maxSessions); err != nil {
			return err
		}
		if try != nil {
			if err := try.SignedIn(ctx, tx); err != nil {
				return err
			}
		}
		if assurance == db.EnrolmentRequired {
			step.Next = EnrolMFA
		} else if step.DeviceToken, err = s.complete(ctx, tx, client, current.user); err != nil {
			return err
		}
		shown := string(assurance)
		return audit.Record(ctx, tx, s.now(), audit.Event{
			AccountID: who.account.ID, Actor: actor(current.account, current.user, client.IP), Action: audit.SessionSignIn,
			Target: userTarget(current.account, current.user), Changes: []db.AuditChange{{Field: "assurance", After: &shown}},
		})
	})
	if err != nil {
		return Step{}, err
	}
	step.SessionExpires = session.ExpiresAt
	step.Viewer, _ = stand(who, session, client.IP)
	return step, nil
}

// complete does what a complete sign-in means besides its session, and returns the new token of the client's device, which
// is known from now on.
func (s *Service) complete(ctx context.Context, tx *db.Tx, client Client, user *db.User) (secret.Token, error) {
	now, token := db.At(s.now()), secret.NewToken()
	if err := tx.SignedIn(ctx, user.ID, now); err != nil {
		return "", err
	}
	device := &db.Device{TokenHash: token.Hash(), UserID: user.ID, CreatedAt: now, LastUsedAt: now}
	return token, tx.ReplaceDevice(ctx, device, client.DeviceToken.Hash(), maxDevices)
}

// printable cuts what a client sent to a number of characters, without what hides or reorders others.
func printable(s string, most int) string {
	runes := []rune(text.Shown(s))
	return string(runes[:min(len(runes), most)])
}
