package db

import (
	"context"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// condition is one thing that a filter asks of users.
type condition struct {
	// holds is what is asked of a row. On SQLite no index serves it, so that a page walks the index of its order.
	holds schema.QueryWithArgs
	// ids selects through an index, as user_id, the IDs of all users who may meet the condition; nil where no index could.
	ids *bun.SelectQuery
	// exact says that every row of ids meets the condition.
	exact bool
}

// ask makes a condition that no index serves.
func ask(query string, args ...any) condition { return condition{holds: bun.SafeQuery(query, args...)} }

// filtered is the users of an account who meet conditions.
//
// A page of it comes in one of two ways. Where matches are common, walking the index of the order from the cursor soon
// meets a page of them. Where they are rare it might walk everything: then all matches are gathered through the index of
// the condition, and sorted. Which of the two is better no statistics tell, because matches may be common and all lie at the
// far end of the order. So a page walks a stretch first, and gathers only when that did not fill it. What an index would
// gather is counted before, so that no page costs more than to walk the account once.
type filtered struct {
	Reader
	accountID  typeid.ID
	users      int // how many the account has
	conditions []condition
}

// stretch is how many rows a page walks before it gathers. Reading so many takes about as long as a page's transport.
const stretch = 2000

// most is how many rows are gathered at most: a gathered row costs about as much as four that are walked. The index of what
// is searched also finds users of other accounts, who cost as much.
func (f filtered) most() int { return f.users / 4 }

// page returns a page.
func (f filtered) page(ctx context.Context, by order[User], page Page) (List[User], error) {
	if f.users <= stretch || !f.gatherable() {
		return scanPage(ctx, f.Reader, f.walk(), "u", by, page)
	}
	end, err := f.stretchEnd(ctx, by, page)
	if err != nil {
		return List[User]{}, err
	}
	within := page
	switch {
	case end == nil: // the rest of the order is no longer than a stretch
	case page.Backward && page.After == nil:
		within.After = end
	case !page.Backward && page.Before == nil:
		within.Before = end
	}
	list, err := scanPage(ctx, f.Reader, f.walk(), "u", by, within)
	if err != nil || within == page || list.HasNext && !page.Backward || list.HasPrevious && page.Backward {
		return list, err
	}
	rest, err := f.gather(ctx)
	if err != nil {
		return List[User]{}, err
	}
	return scanPage(ctx, f.Reader, rest, "u", by, page)
}

func (f filtered) rows() *bun.SelectQuery { return f.idb.NewSelect().Model((*User)(nil)) }

// walk asks for rows so that the index of the order is the only one worth using.
func (f filtered) walk() *bun.SelectQuery {
	query := f.rows().Where("u.account_id = ?", f.accountID)
	for _, condition := range f.conditions {
		query = query.Where("?", condition.holds)
	}
	return query
}

func (f filtered) gatherable() bool {
	for _, condition := range f.conditions {
		if condition.ids != nil {
			return true
		}
	}
	return false
}

// stretchEnd is the place in the order where the stretch of a page ends, nil when the order ends before.
func (f filtered) stretchEnd(ctx context.Context, by order[User], page Page) (*Cursor, error) {
	query := f.rows().Where("u.account_id = ?", f.accountID)
	list, err := scanPage(ctx, f.Reader, query.Offset(stretch), "u", by, Page{After: page.After, Before: page.Before, Backward: page.Backward, Limit: 1, Reading: identified})
	if err != nil || len(list.Items) == 0 {
		return nil, err
	}
	row := list.Items[0]
	if page.Backward {
		row = list.Items[len(list.Items)-1]
	}
	return &Cursor{Key: by.key(row), ID: row.ID}, nil
}

// gather asks for rows through the indexes of the conditions, or walks after all where those are not worth it. PostgreSQL
// chooses by its statistics, kept from thinking of the order and the page's size; SQLite has none and takes the condition
// with the fewest rows.
func (f filtered) gather(ctx context.Context) (*bun.SelectQuery, error) {
	if f.postgres() {
		return f.rows().ModelTableExpr("(? OFFSET 0) AS u", f.matches()), nil
	}
	rarest, rows, err := f.rarest(ctx)
	if err != nil {
		return nil, err
	}
	if rows > f.most() {
		return f.walk(), nil
	}
	return f.through(rarest), nil
}

// matches asks PostgreSQL for rows by whatever indexes it finds best.
func (f filtered) matches() *bun.SelectQuery {
	query := f.rows().Where("u.account_id = ?", f.accountID)
	for _, condition := range f.conditions {
		if condition.ids != nil && condition.exact {
			query = query.Where("u.id IN (?)", condition.ids)
		} else {
			query = query.Where("?", condition.holds)
		}
	}
	return query
}

// through has SQLite find rows by the IDs of one condition: the + keeps it from every index of the account's rows.
func (f filtered) through(rarest condition) *bun.SelectQuery {
	query := f.rows().Where("+u.account_id = ?", f.accountID).Where("u.id IN (?)", rarest.ids)
	for _, condition := range f.conditions {
		if condition.ids != rarest.ids || !condition.exact {
			query = query.Where("?", condition.holds)
		}
	}
	return query
}

// rarest finds the condition with the fewest IDs, and how many those are, at most one more than is worth gathering or than
// [CountLimit]. An ID may be found more than once, and counts as often.
func (f filtered) rarest(ctx context.Context) (rarest condition, rows int, err error) {
	query := f.idb.NewSelect()
	var indexed []condition
	for _, condition := range f.conditions {
		if condition.ids != nil {
			query = query.ColumnExpr("(SELECT count(*) FROM (? LIMIT ?))", condition.ids, max(CountLimit, f.most())+1)
			indexed = append(indexed, condition)
		}
	}
	counts, into := make([]int, len(indexed)), make([]any, len(indexed))
	for i := range counts {
		into[i] = &counts[i]
	}
	if err := f.search(ctx, func(ctx context.Context) error { return query.Scan(ctx, into...) }); err != nil {
		return condition{}, 0, translate(err)
	}
	for i, count := range counts {
		if i == 0 || count < rows {
			rarest, rows = indexed[i], count
		}
	}
	return rarest, rows, nil
}

// count counts the rows: exactly, or up to [CountLimit], past which it returns nil.
func (f filtered) count(ctx context.Context, exact bool) (*int, error) {
	if f.postgres() {
		return countRows(ctx, f.Reader, f.matches(), exact)
	}
	if f.users <= stretch || !f.gatherable() {
		return countRows(ctx, f.Reader, f.walk(), exact)
	}
	rarest, rows, err := f.rarest(ctx)
	switch {
	case err != nil:
		return nil, err
	case !exact && rows > CountLimit && len(f.conditions) == 1 && rarest.exact:
		return nil, nil
	case rows > f.most(): // its end is met soon
		return countRows(ctx, f.Reader, f.walk(), exact)
	case rows <= CountLimit || exact:
		return countRows(ctx, f.Reader, f.through(rarest), exact)
	}
	// One by one, so that the limit ends it. Conditions may find a user twice.
	found := f.rows().Distinct().Column("id").ModelTableExpr("(?) AS found CROSS JOIN users AS u ON u.id = found.user_id", rarest.ids).
		Where("+u.account_id = ?", f.accountID)
	for _, condition := range f.conditions {
		found = found.Where("?", condition.holds)
	}
	return countRows(ctx, f.Reader, found, false)
}

// unindexed writes a column so that SQLite uses no index for it.
func (r Reader) unindexed(column string) bun.Safe {
	if r.postgres() {
		return bun.Safe(column)
	}
	return bun.Safe("+" + column)
}

// byMember names a link table so that SQLite reads the index of its members whatever it knows of how common they are.
func (r Reader) byMember(l link) bun.Safe {
	if r.postgres() {
		return bun.Safe(l.table)
	}
	return bun.Safe(l.table + " INDEXED BY " + l.table + "_by_" + strings.TrimSuffix(l.member, "_id"))
}

// usersLike selects the IDs of users who have all trigrams of a folded text, on SQLite. Of a text shorter than a trigram it
// reads the entries of all trigrams that begin with it, one after another: asked to match any of so many at once, FTS5 takes
// time with the square of their number, of which scripts such as Chinese have as many as users.
func (r Reader) usersLike(text string) *bun.SelectQuery {
	query := r.idb.NewSelect().ColumnExpr("user_id")
	runes := []rune(text)
	if len(runes) < 3 {
		return query.TableExpr("users_instances").Join("CROSS JOIN user_numbers ON user_numbers.number = users_instances.doc").
			Where("term >= ? AND term < ?", text, text+"\U0010FFFF")
	}
	var all strings.Builder
	for i := range len(runes) - 2 {
		all.WriteString(` "` + strings.ReplaceAll(string(runes[i:i+3]), `"`, `""`) + `"`)
	}
	return query.TableExpr("users_search").Join("JOIN user_numbers ON user_numbers.number = users_search.rowid").
		Where("users_search MATCH ?", all.String())
}
