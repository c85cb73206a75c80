package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"time"
)

const (
	// measuring is for how long rounds begin; what is under way is finished.
	measuring = 95 * time.Second
	// How often each case is tried in a round: fewer than lock a name. A request for a mail costs next to nothing.
	signInTries = 3
	resetTries  = 8
	// lockAge is after how long a locked name is exchanged for a new one, before its minute is over.
	lockAge = 45 * time.Second
)

// timing is the state of signin-timing.
type timing struct {
	*office
	visitor  *client
	locked   credentials
	lockedAt time.Time
	series   map[string]*series
}

// attempt is one thing to try; cases of the same series must look the same from outside.
type attempt struct {
	series, name string
	query        string
	input        variables
}

// Names of the series, and of the case in each that the others are compared with.
const (
	signIns   = "signing in"
	resets    = "asking for a reset mail"
	afterward = ", and what the visitor asks next"

	signInReference = "unknown login name"
	resetReference  = "unknown address"
	// control is what may look different: the password is right, and a factor is asked for.
	control = "right password, factor asked next"
)

// signInTiming sends tries of every case in random order, one after the other, and compares their times. After each it
// takes the time of the same harmless request, too: what a server does behind an answer could be felt by the next.
//
// A round has people of its own, because what is tried for the first time could be told from what was tried before.
func signInTiming(ctx context.Context, b *bench) (err error) {
	server, err := start(ctx, b.program)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	office, err := openOffice(ctx, server)
	if err != nil {
		return err
	}
	t := &timing{office: office, visitor: server.visitor(), series: map[string]*series{}}
	rounds := 0
	for began := time.Now(); time.Since(began) < measuring; rounds++ {
		if err := t.round(ctx); err != nil {
			return err
		}
	}
	fmt.Printf("signin-timing: %d rounds with new people in each\n", rounds)
	return report(os.Stdout,
		t.series[signIns], t.series[signIns+afterward],
		t.series[resets], t.series[resets+afterward],
	)
}

// round makes the people of a round and tries every case with them.
func (t *timing) round(ctx context.Context) error {
	people, err := t.people(ctx)
	if err != nil {
		return err
	}
	if err := t.shuffled(ctx, t.signIns(people), signInTries); err != nil {
		return err
	}
	if err := t.shuffled(ctx, t.resets(people), resetTries); err != nil {
		return err
	}
	for _, s := range t.series {
		s.endRound()
	}
	return nil
}

// shuffled tries every case a number of times. Before them goes one that does not count, because what a server has just
// done otherwise shows in the first.
func (t *timing) shuffled(ctx context.Context, cases []attempt, times int) error {
	if _, err := t.visitor.ask(ctx, t.address(), cases[0].query, cases[0].input); err != nil {
		return err
	}
	all := slices.Repeat(cases, times)
	rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, a := range all {
		if err := t.try(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

// try takes the time of an attempt and of what comes after it.
func (t *timing) try(ctx context.Context, a attempt) error {
	tried, err := t.visitor.ask(ctx, t.address(), a.query, a.input)
	if err != nil {
		return err
	}
	after, err := t.visitor.ask(ctx, t.address(), requestReset, nobody(t.account).reset())
	if err != nil {
		return err
	}
	t.in(a.series).add(a.name, tried)
	t.in(a.series+afterward).add(a.name, after)
	return nil
}

func (t *timing) in(name string) *series {
	if t.series[name] == nil {
		reference := signInReference
		if name == resets || name == resets+afterward {
			reference = resetReference
		}
		t.series[name] = &series{name: name, reference: reference, control: control}
	}
	return t.series[name]
}

// people creates whom a round is about.
func (t *timing) people(ctx context.Context) (map[string]credentials, error) {
	people := map[string]credentials{}
	for name, create := range map[string]func(context.Context) (credentials, error){
		"with password": t.colleague, "with factor": t.enrolled, "invited": t.invited, "deactivated": t.deactivated,
		"application": t.application, "elsewhere": t.elsewhere,
	} {
		who, err := create(ctx)
		if err != nil {
			return nil, fmt.Errorf("somebody %s: %w", name, err)
		}
		people[name] = who
	}
	if time.Since(t.lockedAt) > lockAge {
		var err error
		if t.locked, err = t.office.locked(ctx); err != nil {
			return nil, err
		}
		t.lockedAt = time.Now()
	}
	return people, nil
}

func (t *timing) signIns(people map[string]credentials) []attempt {
	cases := map[string]credentials{
		signInReference:                              nobody(t.account),
		"unknown account":                            nobody(made()),
		"what cannot be a login name":                {Account: t.account, LoginName: "no/body/" + made(), Password: made()},
		"wrong password":                             people["with password"].wrong(),
		"wrong password, has a factor":               people["with factor"].wrong(),
		"invited, has no password":                   people["invited"],
		"API user, has no password":                  people["application"],
		"right password, deactivated":                people["deactivated"],
		"right password, from outside the whitelist": people["elsewhere"],
		"right password, name locked":                t.locked,
		control:                                      people["with factor"],
	}
	var attempts []attempt
	for name, who := range cases {
		attempts = append(attempts, attempt{signIns, name, signIn, who.signIn()})
	}
	return attempts
}

func (t *timing) resets(people map[string]credentials) []attempt {
	cases := map[string]credentials{
		resetReference:     nobody(t.account),
		"unknown account":  nobody(made()),
		"active user":      people["with password"],
		"invited user":     people["invited"],
		"deactivated user": people["deactivated"],
		"API user":         people["application"],
	}
	var attempts []attempt
	for name, who := range cases {
		attempts = append(attempts, attempt{resets, name, requestReset, who.reset()})
	}
	return attempts
}
