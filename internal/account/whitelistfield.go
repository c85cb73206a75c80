package account

import (
	"context"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// maxEntries is how many entries a whitelist has at most (product rule 14).
const maxEntries = 1000

// whitelistDraft is a whitelist as it was read from an input.
type whitelistDraft struct {
	name    string
	entries []*db.WhitelistEntry
}

// readWhitelist reads a new whitelist, which stands at the given path of the input; at the top where it is empty.
func readWhitelist(problems *problem.List, path string, input CreateWhitelistInput) whitelistDraft {
	return whitelistDraft{
		name:    readName(problems, below(path, "name"), input.Name),
		entries: readEntries(problems, below(path, "entries"), input.Entries),
	}
}

// createWhitelist stores a new whitelist and returns it with what the trail says of it.
func (a *attempt) createWhitelist(ctx context.Context, tx *db.Tx, path string, draft whitelistDraft) (*db.Whitelist, []db.AuditChange, error) {
	list := &db.Whitelist{
		ID: typeid.New("wl"), AccountID: a.accountID, Name: draft.name,
		CreatedAt: a.now, UpdatedAt: a.now, Revision: 1,
	}
	err := nameTaken(tx.CreateWhitelist(ctx, list, draft.entries), "whitelist.name_taken", below(path, "name"))
	return list, audit.Diff(nil, list, audit.Change("entries", nil, each(draft.entries, entryText))), err
}

// createWhitelistBeside creates the whitelist that comes with another change, such as a new user's own. It asks the
// permission for it and records an event of its own.
func (a *attempt) createWhitelistBeside(ctx context.Context, tx *db.Tx, path string, draft whitelistDraft) (*db.Whitelist, error) {
	if a.viewer != nil {
		if err := a.viewer.Require(access.ManageWhitelist); err != nil {
			return nil, err
		}
	}
	list, fields, err := a.createWhitelist(ctx, tx, path, draft)
	if err != nil {
		return nil, err
	}
	return list, a.record(ctx, tx, audit.WhitelistCreate, audit.Target{ID: list.ID, Name: list.Name}, fields)
}

func readEntries(problems *problem.List, path string, given []WhitelistEntryInput) []*db.WhitelistEntry {
	if !countBetween(problems, "entries", path, len(given), 1, maxEntries) {
		return nil
	}
	positions := make(map[db.Prefix]int, len(given))
	entries := make([]*db.WhitelistEntry, 0, len(given))
	for i, input := range given {
		entry := &db.WhitelistEntry{}
		if input.Note != nil {
			entry.Note = readNote(problems, below(at(path, i), "note"), *input.Note)
		}
		prefix, wrong := readPrefix(below(at(path, i), "cidr"), input.Cidr)
		entry.Prefix = db.Prefix{Prefix: prefix}
		if first, doubled := positions[entry.Prefix]; wrong == nil && doubled {
			wrong = problem.New(problem.Invalid, "prefix.doubled", below(at(path, i), "cidr"), "prefix", prefix.String(), "position", first+1)
		} else if wrong == nil {
			positions[entry.Prefix] = i
		}
		problems.Add(wrong)
		entries = append(entries, entry)
	}
	return entries
}

func readNote(problems *problem.List, path, raw string) string {
	note, ok := text.Clean(raw)
	switch {
	case !ok:
		problems.Add(problem.New(problem.Invalid, "note.invalid", path))
	case text.Length(note) > text.NameMax:
		problems.Add(problem.New(problem.TooLong, "note.too_long", path, "limit", text.NameMax))
	}
	return note
}

// entryText is how the trail tells an entry: "192.0.2.0/24 (Office)".
func entryText(entry *db.WhitelistEntry) string {
	if entry.Note == "" {
		return entry.Prefix.String()
	}
	return entry.Prefix.String() + " (" + entry.Note + ")"
}

// below joins the name of a field to the path of what holds it.
func below(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
