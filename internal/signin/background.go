package signin

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"maps"
	"math/big"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/panics"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

const (
	// waitingJobs is how many jobs may wait for the next batch. More come only from somebody who floods, and are dropped.
	waitingJobs = 4096
	// waitingRuns is of how many runs of tries is remembered that they have been told of. While the database fails more runs
	// are left out.
	waitingRuns = 4096
	// waitingSeen is for how many sessions it waits to be written when they were last seen.
	waitingSeen = 100_000
	// retriedBatches is in how many batches a job is tried that fails: for five to ten minutes.
	retriedBatches = 600
	// batchTimeout bounds what one batch asks of the database, and closeTimeout the last one.
	batchTimeout = 10 * time.Second
	closeTimeout = 2 * time.Second
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

	// learn says that somebody has tried to sign in since the parameters of stored passwords were last read.
	learn atomic.Bool

	// Of the goroutine alone.
	events  *coalescer[eventKey]
	mails   *coalescer[mailKey]
	retried []*retriedJob
	failing bool // the database has failed in this batch: nothing more is asked of it

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

// retriedJob is a job that is tried again until it succeeds.
type retriedJob struct {
	what    string
	do      func(ctx context.Context) error
	batches int
}

// retry has a job done with the next batch, and again with those after it while it fails. Its answer does not wait.
func (b *background) retry(what string, do func(ctx context.Context) error) {
	b.after(func(ctx context.Context) {
		job := &retriedJob{what: what, do: do}
		if !b.attempt(ctx, job) {
			b.retried = append(b.retried, job)
		}
	})
}

// attempt says whether a job is over: done, or given up.
func (b *background) attempt(ctx context.Context, job *retriedJob) bool {
	if b.failing {
		return false
	}
	err := panics.Catch(func() error { return job.do(ctx) })
	job.batches++
	switch _, panicked := errors.AsType[*panics.Error](err); {
	case err == nil:
		return true
	case panicked, job.batches >= retriedBatches, len(b.retried) >= waitingJobs:
		b.log.Error(job.what+"; it is given up", "error", err)
		return true
	}
	b.log.Warn(job.what+"; it is tried again", "error", err)
	b.failing = true
	return false
}

func (b *background) work() {
	defer close(b.stopped)
	for stopped := false; !stopped; {
		timer := time.NewTimer(pauseLength())
		var settled chan struct{}
		select {
		case <-timer.C:
		case settled = <-b.settle:
		case <-b.stop:
			stopped = true
		}
		timer.Stop()
		b.batch(stopped)
		if settled != nil {
			close(settled)
		}
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
func (b *background) batch(all bool) {
	timeout := batchTimeout
	if all {
		timeout = closeTimeout
	}
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	b.failing = false
	b.retried = slices.DeleteFunc(b.retried, func(job *retriedJob) bool { return b.attempt(ctx, job) })
	if b.learn.Swap(false) {
		learned := b.guard("read the parameters of stored passwords", func() error { return b.service.LearnPasswords(ctx) })
		b.learn.CompareAndSwap(false, !learned)
	}
	for {
		select {
		case job := <-b.jobs:
			b.guard("work after an answer", func() error { job(ctx); return nil })
		default:
			b.tell(ctx, all)
			if n := len(b.retried); all && n > 0 {
				b.log.Error("the program ends with work undone", "jobs", n)
			}
			return
		}
	}
}

// guard does something whose failure, a panic included, is nobody's but the log's. It returns false when the database
// failed and the same could succeed later.
func (b *background) guard(what string, do func() error) bool {
	err := panics.Catch(do)
	if err == nil {
		return true
	}
	b.log.Error(what, "error", err)
	_, panicked := errors.AsType[*panics.Error](err)
	b.failing = !panicked && !errors.Is(err, db.ErrNotFound) && !errors.Is(err, db.ErrReferenced)
	return !b.failing
}

// saw remembers the time of a session's request until it is written.
func (b *background) saw(id typeid.ID, at db.Time) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if _, waits := b.seen[id]; waits || len(b.seen) < waitingSeen {
		b.seen[id] = at
	}
}

// writeSeen writes when sessions were last seen. What the database does not take waits for the next batch.
func (b *background) writeSeen(ctx context.Context) error {
	b.mutex.Lock()
	seen := b.seen
	b.seen = map[typeid.ID]db.Time{}
	b.mutex.Unlock()
	for id, at := range seen {
		// Each by itself: a transaction that holds several sessions could wait for one that ends them, and it for this.
		if err := b.service.store.Touch(ctx, func(tx *db.Tx) error { return tx.SeeSession(ctx, id, at) }); err != nil {
			b.mutex.Lock()
			defer b.mutex.Unlock()
			maps.Copy(seen, b.seen) // what has come since is later
			b.seen = seen
			return err
		}
		delete(seen, id)
	}
	return nil
}

// tell writes what is due, or with all everything there is. What the database does not take stays.
func (b *background) tell(ctx context.Context, all bool) {
	if b.failing || !b.guard("write when sessions were last seen", func() error { return b.writeSeen(ctx) }) {
		return
	}
	now := db.At(b.service.now())
	b.events.take(now, all, func(key eventKey, r run) bool {
		return b.guard("record failed tries", func() error { return b.service.recordTries(ctx, key, r) })
	})
	b.mails.take(now, all, func(key mailKey, r run) bool {
		return !b.failing && b.guard("tell a user of failed tries", func() error { return b.service.mailTries(ctx, key, r) })
	})
}

// makeRoom tells everything there is when too many runs are remembered, and forgets them.
func (b *background) makeRoom(ctx context.Context) {
	if len(b.events.runs)+len(b.mails.runs) < waitingRuns {
		return
	}
	b.tell(ctx, true)
	if untold := b.events.clear() + b.mails.clear(); untold > 0 {
		b.log.Error("the trail and mails leave out failed tries that the database did not take", "tries", untold)
	}
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

// Close finishes what was handed over and tells the rest, due or not, within [closeTimeout]. Nothing may be asked of the
// service afterwards.
func (s *Service) Close() {
	s.background.once.Do(func() { close(s.background.stop) })
	<-s.background.stopped
}
