package account

import (
	"context"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// maxEntries is how many entries a whitelist has at most (product rule 14).
const maxEntries = 1000

// readWhitelist reads a new whitelist, whose fields stand below the given prefix of the input: "newWhitelist.", say.
func (a *attempt) readWhitelist(problems *problem.List, input CreateWhitelistInput, prefix string) (*db.Whitelist, []*db.WhitelistEntry) {
	list := &db.Whitelist{
		ID: typeid.New("wl"), AccountID: a.accountID, Name: readName(problems, prefix+"name", input.Name),
		CreatedAt: a.now, UpdatedAt: a.now, Revision: 1,
	}
	return list, readEntries(problems, prefix+"entries", input.Entries)
}

// checkWhitelist judges a whitelist that is to be created together with something else.
func (a *attempt) checkWhitelist(ctx context.Context, r db.Reader, input CreateWhitelistInput, prefix string) (problem.List, error) {
	var problems problem.List
	list, _ := a.readWhitelist(&problems, input, prefix)
	taken, err := r.HasWhitelistNamed(ctx, a.accountID, list.Name)
	if taken {
		problems.Add(problem.New(problem.Taken, "whitelist.name_taken", prefix+"name"))
	}
	return problems, err
}

// createWhitelist creates a whitelist together with something else, with an event of its own.
func (a *attempt) createWhitelist(ctx context.Context, tx *db.Tx, input CreateWhitelistInput, prefix string) (*db.Whitelist, error) {
	list, fields, err := a.writeNewWhitelist(ctx, tx, input, prefix)
	if err != nil {
		return nil, err
	}
	return list, a.record(ctx, tx, audit.WhitelistCreate, audit.Target{ID: list.ID, Name: list.Name}, fields)
}

// writeNewWhitelist reads and stores a whitelist, and returns it with what the trail says of it.
func (a *attempt) writeNewWhitelist(ctx context.Context, tx *db.Tx, input CreateWhitelistInput, prefix string) (*db.Whitelist, []db.AuditChange, error) {
	var problems problem.List
	list, entries := a.readWhitelist(&problems, input, prefix)
	if err := problems.Err(); err != nil {
		return nil, nil, err
	}
	if err := nameTaken(tx.CreateWhitelist(ctx, list, entries), "whitelist.name_taken", prefix+"name"); err != nil {
		return nil, nil, err
	}
	return list, audit.Diff(nil, list, audit.Change("entries", nil, each(entries, entryText))), nil
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
			entry.Note = readNote(problems, at(path, i)+".note", *input.Note)
		}
		prefix, wrong := readPrefix(at(path, i)+".cidr", input.Cidr)
		entry.Prefix = db.Prefix{Prefix: prefix}
		if first, doubled := positions[entry.Prefix]; wrong == nil && doubled {
			wrong = problem.New(problem.Invalid, "prefix.doubled", at(path, i)+".cidr", "prefix", prefix.String(), "position", first+1)
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
