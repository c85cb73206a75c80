package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"time"
)

const (
	// measuring is for how long rounds begin; what is under way is finished.
	measuring = 95 * time.Second
	// sightings is how often each case is tried in a round: fewer than lock a name.
	sightings = 3
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
func signInTiming(ctx context.Context, program string) (err error) {
	server, err := start(ctx, program)
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
	fmt.Printf("signin-timing: %d rounds, %d tries of each case in each, with new people in every round\n", rounds, sightings)
	return report(
		t.series[signIns], t.series[signIns+afterward],
		t.series[resets], t.series[resets+afterward],
	)
}

// round makes the people of a round and tries every case with them.
func (t *timing) round(ctx context.Context) error {
	attempts, err := t.cases(ctx)
	if err != nil {
		return err
	}
	var all []attempt
	for range sightings {
		all = append(all, attempts...)
	}
	rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, a := range all {
		if err := t.try(ctx, a); err != nil {
			return err
		}
	}
	for _, s := range t.series {
		s.endRound()
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

// cases are what is tried in a round.
func (t *timing) cases(ctx context.Context) ([]attempt, error) {
	people := map[string]credentials{}
	for name, create := range map[string]func(context.Context) (credentials, error){
		"with password": func(ctx context.Context) (credentials, error) {
			who, _, err := t.person(ctx, nil)
			return who, err
		},
		"with factor": t.enrolled, "invited": t.invited, "deactivated": t.deactivated, "application": t.application,
		"elsewhere": t.elsewhere,
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
	wrong := func(who string) variables {
		input := maps.Clone(people[who].signIn())
		input["password"] = made()
		return input
	}
	return []attempt{
		{signIns, signInReference, signIn, nobody(t.account).signIn()},
		{signIns, "unknown account", signIn, nobody(made()).signIn()},
		{signIns, "what cannot be a login name", signIn, credentials{Account: t.account, LoginName: "no/body/" + made(), Password: made()}.signIn()},
		{signIns, "wrong password", signIn, wrong("with password")},
		{signIns, "wrong password, has a factor", signIn, wrong("with factor")},
		{signIns, "invited, has no password", signIn, people["invited"].signIn()},
		{signIns, "API user, has no password", signIn, people["application"].signIn()},
		{signIns, "right password, deactivated", signIn, people["deactivated"].signIn()},
		{signIns, "right password, from outside the whitelist", signIn, people["elsewhere"].signIn()},
		{signIns, "right password, name locked", signIn, t.locked.signIn()},
		{signIns, control, signIn, people["with factor"].signIn()},

		{resets, resetReference, requestReset, nobody(t.account).reset()},
		{resets, "unknown account", requestReset, nobody(made()).reset()},
		{resets, "active user", requestReset, people["with password"].reset()},
		{resets, "invited user", requestReset, people["invited"].reset()},
		{resets, "deactivated user", requestReset, people["deactivated"].reset()},
		{resets, "API user", requestReset, people["application"].reset()},
	}, nil
}
