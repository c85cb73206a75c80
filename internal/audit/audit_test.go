package audit_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Rule 11: an event says who, from where, through what, on whom, and what changed.
func TestRecordTellsEverything(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		account := &db.Account{ID: typeid.New("account"), Handle: "acme"}
		jane := db.Actor{ActorID: typeid.New("user"), ActorName: "acme/jane", AccessPoint: db.Web, IP: "192.0.2.7"}
		john := audit.Target{ID: typeid.New("user"), Name: "acme/john"}
		now := time.UnixMilli(1_700_000_000_000)
		events := []audit.Event{
			{Actor: audit.System, Action: audit.AccountCreate},
			{Actor: jane, Action: audit.UserUpdate, Target: john, Changes: audit.Change("roles", []string{"all"}, nil)},
			{Actor: jane, Action: audit.UserUpdate, Target: john, Outcome: db.Denied, Reason: "NOT_ALLOWED"},
		}
		err := store.Change(t.Context(), func(tx *db.Tx) error {
			if err := tx.CreateAccount(t.Context(), account); err != nil {
				return err
			}
			for i, event := range events {
				event.AccountID = account.ID
				if err := audit.Record(t.Context(), tx, now.Add(time.Duration(i)*time.Second), event); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		list, err := store.AuditEvents(t.Context(), db.AuditScope{AccountID: account.ID}, db.AuditEventFilter{}, db.Page{Limit: 10})
		if err != nil || len(list.Items) != 3 {
			t.Fatalf("%d events, %v", len(list.Items), err)
		}
		denied, updated, created := list.Items[0], list.Items[1], list.Items[2]
		if denied.Outcome != db.Denied || denied.Reason != "NOT_ALLOWED" || denied.At != db.At(now.Add(2*time.Second)) {
			t.Errorf("denied: %+v", denied)
		}
		if updated.Outcome != db.Succeeded || updated.Actor != jane || updated.TargetID != john.ID || updated.TargetName != john.Name {
			t.Errorf("updated: %+v", updated)
		}
		if changes := updated.Changes.V; len(changes) != 1 || changes[0].Field != "roles" || *changes[0].Before != "all" || changes[0].After != nil {
			t.Errorf("changes: %+v", changes)
		}
		if created.Actor != audit.System || created.TargetID != "" || created.Reason != "" || len(created.Changes.V) != 0 {
			t.Errorf("created: %+v", created)
		}
	})
}

// Clients offer the actions as a filter: each must be there, once, in order.
func TestActionsAreComplete(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "action.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var declared []audit.Action
	ast.Inspect(file, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for _, value := range spec.Values {
			if text, ok := value.(*ast.BasicLit); ok {
				action, err := strconv.Unquote(text.Value)
				if err != nil {
					t.Fatal(err)
				}
				declared = append(declared, audit.Action(action))
			}
		}
		return false
	})
	slices.Sort(declared)
	if actions := audit.Actions(); !slices.Equal(actions, declared) {
		t.Errorf("Actions() = %v\ndeclared: %v", actions, declared)
	}
}
