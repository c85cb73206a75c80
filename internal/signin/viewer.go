package signin

import (
	"context"
	"errors"
	"net/netip"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/secret"
)

// seenEvery is how often at most is written when a session was last seen.
const seenEvery = time.Minute

// toBeSeen says whether it is time to write that a session was seen, by when it was seen last.
func toBeSeen(last, now db.Time) bool {
	return now >= last.Add(seenEvery) || last > now.Add(db.SeenAhead)
}

// Viewer tells who asks with a session cookie, and what they may do at this moment. Everything is asked anew (product
// rules 5 and 6): whether the session lives, the user is active and may come through WEB from this address, and has
// shown the second factor that is asked of them. Otherwise it returns [access.ErrUnauthenticated].
func (s *Service) Viewer(ctx context.Context, token secret.Token, ip netip.Addr) (*access.Viewer, error) {
	if token == "" {
		return nil, access.ErrUnauthenticated
	}
	view, err := s.state.Look(ctx)
	if err != nil {
		return nil, err
	}
	session, user, account, err := s.deciding.SessionByToken(ctx, token.Hash())
	if errors.Is(err, db.ErrNotFound) {
		return nil, access.ErrUnauthenticated
	}
	if err != nil {
		return nil, err
	}
	now := db.At(s.now())
	if !session.Live(account.Policy, now) {
		return nil, access.ErrUnauthenticated
	}
	subject, err := view.User(ctx, account.ID, user.ID)
	if errors.Is(err, db.ErrNotFound) {
		return nil, access.ErrUnauthenticated
	}
	if err != nil {
		return nil, err
	}
	who := &person{account: account, user: user, subject: subject}
	viewer, decision := stand(who, session, ip)
	if viewer == nil {
		if decision.Reason == access.IPNotWhitelisted {
			s.failed(who, eventKey{action: audit.SessionRefuse, outcome: db.Denied, reason: string(decision.Reason), ip: ip, known: true})
		}
		return nil, access.ErrUnauthenticated
	}
	s.usage.Note(who.subject, ip, decision, now)
	if toBeSeen(session.LastSeenAt, now) {
		s.background.saw(session.ID, now)
	}
	return viewer, nil
}

// stand makes the viewer of a session as of now; nil where it may not come in.
func stand(who *person, session *db.Session, ip netip.Addr) (*access.Viewer, access.Decision) {
	decision := access.Decide(who.subject, access.Request{AccessPoint: db.Web, IP: ip})
	assurance, shown := assuranceNow(session.Assurance, who.subject)
	if !decision.Allowed() || !shown {
		return nil, decision
	}
	standing := *session
	standing.Assurance = assurance
	return access.NewViewer(who.account, who.user, &standing, ip, who.subject), decision
}

// assuranceNow is what a session that has shown something once is worth at present. Factors and what forces them come and
// go while it lives: who has a factor must have shown it; who must have one and has none may only enrol it.
func assuranceNow(shown db.Assurance, subject *access.Subject) (db.Assurance, bool) {
	switch {
	case subject.MFAEnrolled:
		return db.ByMFA, shown == db.ByMFA
	case subject.MFAForced:
		return db.EnrolmentRequired, true
	}
	return db.ByPassword, true
}
