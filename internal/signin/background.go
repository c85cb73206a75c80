package signin

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"math/big"
	"sync"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

const (
	// waitingJobs is how many jobs may wait for the next batch. More come only from somebody who floods, and are dropped.
	waitingJobs = 4096
	// waitingRuns is of how many runs of tries is remembered that they have been told of.
	waitingRuns = 4096
	// A batch of jobs is done between shortestPause and twice that after the one before.
	shortestPause = 500 * time.Millisecond

	eventWindow = time.Minute
	mailWindow  = time.Hour
)

// background does in one goroutine what must not be on the path of an answer, so that the answer's time tells nothing,
// or need not be. It does so in batches, at moments that nobody foresees: work that began with an answer would hold up
// whatever the same visitor asks next, and tell by that whether there was any (signin-timing of bench measures it).
type background struct {
	service *Service
	log     *slog.Logger
	jobs    chan func(context.Context)
	settle  chan chan struct{} // asks for a batch now
	stop    chan struct{}
	stopped chan struct{}
	once    sync.Once

	// Of the goroutine alone.
	events *coalescer[eventKey]
	mails  *coalescer[mailKey]

	mutex sync.Mutex
	seen  map[typeid.ID]db.Time // sessions whose last request is to be written
}

func newBackground(s *Service, log *slog.Logger) *background {
	b := &background{
		service: s,
		log:     log,
		jobs:    make(chan func(context.Context), waitingJobs),
		settle:  make(chan chan struct{}),
		stop:    make(chan struct{}),
		stopped: make(chan struct{}),
		events:  newCoalescer[eventKey](eventWindow),
		mails:   newCoalescer[mailKey](mailWindow),
		seen:    map[typeid.ID]db.Time{},
	}
	go b.work()
	return b
}

// after has a job done with the next batch. It never waits.
func (b *background) after(job func(ctx context.Context)) {
	select {
	case b.jobs <- job:
	default:
		b.log.Warn("too much to do after answers: the trail and mails leave out some failed tries")
	}
}

func (b *background) work() {
	defer close(b.stopped)
	ctx := context.Background()
	for {
		timer := time.NewTimer(pauseLength())
		select {
		case <-timer.C:
			b.batch(ctx, false)
		case settled := <-b.settle:
			b.batch(ctx, false)
			close(settled)
		case <-b.stop:
			b.batch(ctx, true)
			return
		}
		timer.Stop()
	}
}

// pauseLength is how long the next pause is: whoever has seen the ones before knows nothing of it.
func pauseLength() time.Duration {
	more, err := rand.Int(rand.Reader, big.NewInt(int64(shortestPause)))
	if err != nil {
		panic(err) // crypto/rand never fails
	}
	return shortestPause + time.Duration(more.Int64())
}

// batch does the jobs that wait and tells what is due, or with all everything there is.
func (b *background) batch(ctx context.Context, all bool) {
	for {
		select {
		case job := <-b.jobs:
			job(ctx)
		default:
			b.tell(ctx, all)
			return
		}
	}
}

// saw remembers the time of a session's request until it is written.
func (b *background) saw(id typeid.ID, at db.Time) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.seen[id] = max(b.seen[id], at)
}

func (b *background) writeSeen(ctx context.Context) error {
	b.mutex.Lock()
	seen := b.seen
	b.seen = map[typeid.ID]db.Time{}
	b.mutex.Unlock()
	var errs []error
	for id, at := range seen {
		// Each by itself: a transaction that holds several sessions could wait for one that ends them, and it for this.
		errs = append(errs, b.service.store.Touch(ctx, func(tx *db.Tx) error { return tx.SeeSession(ctx, id, at) }))
	}
	return errors.Join(errs...)
}

// tell writes what is due, or with all everything there is.
func (b *background) tell(ctx context.Context, all bool) {
	if err := b.writeSeen(ctx); err != nil {
		b.log.Error("write when sessions were last seen", "error", err)
	}
	now := db.At(b.service.now())
	b.events.take(now, all, func(key eventKey, r run) {
		if err := b.service.recordTries(ctx, key, r); err != nil {
			b.log.Error("record failed tries", "error", err)
		}
	})
	b.mails.take(now, all, func(key mailKey, r run) {
		if err := b.service.mailTries(ctx, key, r); err != nil {
			b.log.Error("tell a user of failed tries", "error", err)
		}
	})
}

// Settle waits until everything that was handed over before is done and what is due of it is told.
func (s *Service) Settle() {
	settled := make(chan struct{})
	select {
	case s.background.settle <- settled:
		<-settled
	case <-s.background.stopped:
	}
}

// Close finishes what was handed over and tells the rest, due or not. Nothing may be asked of the service afterwards.
func (s *Service) Close() {
	s.background.once.Do(func() { close(s.background.stop) })
	<-s.background.stopped
}
