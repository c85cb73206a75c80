package mail

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/panics"
)

const (
	pollInterval = 5 * time.Second // for mails of other processes, and retries
	sendTimeout  = time.Minute     // for one attempt
	claimFor     = 3 * time.Minute // longer than an attempt: an instance that dies leaves its mail to another after this

	// stopGrace is how long an attempt may go on once the sender is to end, and writeTimeout how long writing its outcome down.
	stopGrace    = 7 * time.Second
	writeTimeout = 2 * time.Second

	firstRetry = time.Minute
	lastRetry  = 4 * time.Hour
	// mostAttempts fill three days. It is attempts that are counted, and not the days: a clock that is wrong for a while
	// must not give mails up.
	mostAttempts = 25
)

// SenderConfig is what a [Sender] needs.
type SenderConfig struct {
	Store     *db.DB
	Transport Transport
	Log       *slog.Logger
	Now       func() time.Time
	// PublicURL is where the page is, for mails whose composer did not know.
	PublicURL string
}

// Sender delivers what is in the outbox. Several may work on one database: each mail is sent by one of them. A mail
// arrives at least once, and twice only where an instance dies between the server's yes and writing it down.
type Sender struct {
	SenderConfig
	wake  chan struct{}
	poll  time.Duration
	grace time.Duration
}

// NewSender makes a sender, which works while [Sender.Run] does.
func NewSender(config SenderConfig) *Sender {
	return &Sender{SenderConfig: config, wake: make(chan struct{}, 1), poll: pollInterval, grace: stopGrace}
}

// Wake has a running sender look into the outbox at once. It does not block.
func (s *Sender) Wake() {
	select {
	case s.wake <- struct{}{}:
	default: // it is about to look anyway
	}
}

// errStopped and errTooLong are why an attempt was cut short. The server may have the mail all the same, which then arrives
// twice.
var (
	errStopped = errors.New("cut short, because the program ends")
	errTooLong = errors.New("the mail server took too long")
)

// Run delivers mails until the context ends. The attempt that is under way may go on for [stopGrace].
func (s *Sender) Run(ctx context.Context) {
	poll := time.NewTicker(s.poll)
	defer poll.Stop()
	for {
		if err := panics.Catch(func() error { return s.SendDue(ctx) }); err != nil && ctx.Err() == nil {
			s.Log.ErrorContext(ctx, "look into the outbox of mails", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-poll.C:
		}
	}
}

// SendDue attempts every mail that is due now, until the context ends. What goes wrong with a mail is written down with it
// and no error; an error is the database's.
func (s *Sender) SendDue(ctx context.Context) error {
	for ctx.Err() == nil {
		mail, err := s.claim(ctx)
		if errors.Is(err, db.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := s.writeDown(ctx, mail, s.attempt(ctx, mail)); err != nil {
			return err
		}
	}
	return nil
}

// attempt hands a mail to the transport. What has begun goes on for a while when the context ends, or it would be sent again.
func (s *Sender) attempt(ctx context.Context, mail *db.Mail) error {
	attempt, cancel := context.WithTimeoutCause(context.WithoutCancel(ctx), sendTimeout, errTooLong)
	defer cancel()
	attempt, stop := context.WithCancelCause(attempt)
	defer stop(nil)
	defer context.AfterFunc(ctx, func() {
		timer := time.AfterFunc(s.grace, func() { stop(errStopped) })
		context.AfterFunc(attempt, func() { timer.Stop() })
	})()
	err := panics.Catch(func() error { return s.Transport.Send(attempt, s.withPublicURL(mail)) })
	if err != nil && attempt.Err() != nil {
		return context.Cause(attempt)
	}
	return err
}

func (s *Sender) withPublicURL(mail *db.Mail) *db.Mail {
	known := *mail
	known.TextBody = strings.ReplaceAll(mail.TextBody, URLOfSender, s.PublicURL)
	known.HTMLBody = strings.ReplaceAll(mail.HTMLBody, URLOfSender, s.PublicURL)
	return &known
}

func (s *Sender) claim(ctx context.Context) (*db.Mail, error) {
	var mail *db.Mail
	err := s.Store.Touch(ctx, func(tx *db.Tx) (err error) {
		now := db.At(s.Now())
		mail, err = tx.ClaimMail(ctx, now, now.Add(claimFor))
		return err
	})
	return mail, err
}

func (s *Sender) writeDown(ctx context.Context, mail *db.Mail, failure error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTimeout)
	defer cancel()
	now := db.At(s.Now())
	due := now.Add(retryAfter(mail.Attempts, rand.Float64()))
	failed := failureOf(failure)
	hopeless := failed.Final || mail.Attempts >= mostAttempts
	err := s.Store.Touch(ctx, func(tx *db.Tx) error {
		switch {
		case failure == nil:
			return tx.MailSent(ctx, mail, now)
		case hopeless:
			return tx.MailGivenUp(ctx, mail, now, failed.Problem, failed.Answer)
		}
		return tx.MailFailed(ctx, mail, due, failed.Problem, failed.Answer)
	})
	log := s.Log.With("mail", mail.ID, "kind", mail.Kind, "attempt", mail.Attempts)
	if failure != nil {
		log = log.With("problem", failed.Problem, "error", describe(failure.Error()))
	}
	switch {
	case errors.Is(err, db.ErrNotFound):
		log.WarnContext(ctx, "mail was withdrawn meanwhile, or took longer than its claim and another instance has it")
		return nil
	case err != nil:
		return err
	case failure == nil:
		log.InfoContext(ctx, "mail sent")
	case hopeless:
		log.ErrorContext(ctx, "mail given up")
	default:
		log.WarnContext(ctx, "mail not sent, to be tried again", "at", due.Time())
	}
	return nil
}

// retryAfter is how long to wait after the given attempt, of which the first is 1: a minute, doubled with each, and up to
// a quarter more or less by chance in [0, 1), so that what failed together does not come back together.
func retryAfter(attempt int, chance float64) time.Duration {
	wait := lastRetry
	if doublings := attempt - 1; doublings < 8 { // 2^8 minutes are more than lastRetry
		wait = min(firstRetry<<doublings, lastRetry)
	}
	return time.Duration(float64(wait) * (0.75 + chance/2))
}
