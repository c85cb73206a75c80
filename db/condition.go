package db

import (
	"context"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// condition is one thing that a filter asks of rows.
type condition struct {
	// holds is what is asked of a row. On SQLite no index serves it, so that a page walks the index of its order.
	holds schema.QueryWithArgs
	// ids selects through an index the IDs of all rows that may meet the condition; nil where no index could.
	ids *bun.SelectQuery
	// exact says that every row of ids meets the condition.
	exact bool
}

// ask makes a condition that no index serves.
func ask(query string, args ...any) condition { return condition{holds: bun.SafeQuery(query, args...)} }

// filtered is the part of an account's rows that meet conditions.
//
// A page of it comes in one of two ways. Where matches are common, walking the index of the order from the cursor soon
// meets a page of them. Where they are rare it might walk everything: then all matches are gathered through the index of
// the condition, and sorted. Which of the two is better no statistics tell, because matches may be common and all lie at the
// far end of the order. So a page walks a stretch first, and gathers only when that did not fill it.
type filtered[T any] struct {
	Reader
	alias      string
	accountID  typeid.ID
	always     func(*bun.SelectQuery) *bun.SelectQuery // what the order's own index serves; may be nil
	conditions []condition
}

// stretch is how many rows a page walks before it gathers. Reading so many takes about as long as a page's transport.
const stretch = 2000

// page returns a page. small says that the account has no more than [stretch] rows, so that walking is always best.
func (f filtered[T]) page(ctx context.Context, by order[T], page Page, small bool) (List[T], error) {
	if small || !f.gatherable() {
		return scanPage(ctx, f.walk(), f.alias, by, page)
	}
	end, err := f.stretchEnd(ctx, by, page)
	if err != nil {
		return List[T]{}, err
	}
	within := page
	switch {
	case end == nil: // the rest of the order is no longer than a stretch
	case page.Backward && page.After == nil:
		within.After = end
	case !page.Backward && page.Before == nil:
		within.Before = end
	}
	list, err := scanPage(ctx, f.walk(), f.alias, by, within)
	if err != nil || within == page || list.HasNext && !page.Backward || list.HasPrevious && page.Backward {
		return list, err
	}
	gathered, err := f.gather(ctx)
	if err != nil {
		return List[T]{}, err
	}
	return scanPage(ctx, gathered, f.alias, by, page)
}

func (f filtered[T]) rows() *bun.SelectQuery {
	query := f.idb.NewSelect().Model((*T)(nil))
	if f.always != nil {
		query = f.always(query)
	}
	return query
}

// walk asks for rows so that the index of the order is the only one worth using.
func (f filtered[T]) walk() *bun.SelectQuery {
	query := f.rows().Where("?.account_id = ?", bun.Ident(f.alias), f.accountID)
	for _, condition := range f.conditions {
		query = query.Where("?", condition.holds)
	}
	return query
}

func (f filtered[T]) gatherable() bool {
	for _, condition := range f.conditions {
		if condition.ids != nil {
			return true
		}
	}
	return false
}

// stretchEnd is the place in the order where the stretch of a page ends, nil when the order ends before.
func (f filtered[T]) stretchEnd(ctx context.Context, by order[T], page Page) (*Cursor, error) {
	query := f.idb.NewSelect().Model((*T)(nil)).Column(by.column, "id").Where("?.account_id = ?", bun.Ident(f.alias), f.accountID)
	if f.always != nil {
		query = f.always(query)
	}
	list, err := scanPage(ctx, query.Offset(stretch), f.alias, by, Page{After: page.After, Before: page.Before, Backward: page.Backward, Limit: 1})
	if err != nil || len(list.Items) == 0 {
		return nil, err
	}
	row := list.Items[0]
	if page.Backward {
		row = list.Items[len(list.Items)-1]
	}
	return &Cursor{Key: by.key(row), ID: any(row).(Node).NodeID()}, nil
}

// gather asks for rows through the indexes of the conditions. PostgreSQL chooses by its statistics, kept from thinking of
// the order and the page's size; SQLite has none and takes the condition with the fewest rows.
func (f filtered[T]) gather(ctx context.Context) (*bun.SelectQuery, error) {
	if f.postgres() {
		return f.idb.NewSelect().Model((*T)(nil)).ModelTableExpr("(? OFFSET 0) AS ?", f.matches(), bun.Ident(f.alias)), nil
	}
	rarest, _, err := f.rarest(ctx)
	if err != nil {
		return nil, err
	}
	return f.through(rarest), nil
}

// matches asks PostgreSQL for rows by whatever indexes it finds best.
func (f filtered[T]) matches() *bun.SelectQuery {
	query := f.rows().Where("?.account_id = ?", bun.Ident(f.alias), f.accountID)
	for _, condition := range f.conditions {
		if condition.ids != nil && condition.exact {
			query = query.Where("?.id IN (?)", bun.Ident(f.alias), condition.ids)
		} else {
			query = query.Where("?", condition.holds)
		}
	}
	return query
}

// through has SQLite find rows by the IDs of one condition: the + keeps it from every index of the account's rows.
func (f filtered[T]) through(rarest condition) *bun.SelectQuery {
	query := f.rows().Where("+?.account_id = ?", bun.Ident(f.alias), f.accountID).Where("?.id IN (?)", bun.Ident(f.alias), rarest.ids)
	for _, condition := range f.conditions {
		if condition.ids != rarest.ids || !condition.exact {
			query = query.Where("?", condition.holds)
		}
	}
	return query
}

// rarest finds the condition with the fewest IDs, and how many those are, at most one more than [CountLimit].
func (f filtered[T]) rarest(ctx context.Context) (rarest condition, rows int, err error) {
	query := f.idb.NewSelect()
	var indexed []condition
	for _, condition := range f.conditions {
		if condition.ids != nil {
			query = query.ColumnExpr("(SELECT count(*) FROM (? LIMIT ?))", condition.ids, CountLimit+1)
			indexed = append(indexed, condition)
		}
	}
	counts, into := make([]int, len(indexed)), make([]any, len(indexed))
	for i := range counts {
		into[i] = &counts[i]
	}
	if err := query.Scan(ctx, into...); err != nil {
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
func (f filtered[T]) count(ctx context.Context, exact bool) (*int, error) {
	if f.postgres() {
		return countRows(ctx, f.Reader, f.matches(), exact)
	}
	if !f.gatherable() {
		return countRows(ctx, f.Reader, f.walk(), exact)
	}
	rarest, rows, err := f.rarest(ctx)
	switch {
	case err != nil:
		return nil, err
	case rows <= CountLimit || exact:
		return countRows(ctx, f.Reader, f.through(rarest), exact)
	case len(f.conditions) == 1 && rarest.exact && f.always == nil:
		return nil, nil
	}
	return countRows(ctx, f.Reader, f.walk(), exact)
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

// usersLike selects the IDs of users who have all trigrams of a folded text, on SQLite. A text shorter than a trigram stands
// at the beginning of some, any of which will do.
func (r Reader) usersLike(text string) *bun.SelectQuery {
	query := r.idb.NewSelect().ColumnExpr("user_id").TableExpr("users_search").
		Join("JOIN user_numbers ON user_numbers.number = users_search.rowid")
	if runes := []rune(text); len(runes) >= 3 {
		var all strings.Builder
		for i := range len(runes) - 2 {
			all.WriteString(` "` + strings.ReplaceAll(string(runes[i:i+3]), `"`, `""`) + `"`)
		}
		return query.Where("users_search MATCH ?", all.String())
	}
	const anyOf = `coalesce(group_concat('"' || replace(term, '"', '""') || '"', ' OR '), '""')`
	return query.Where("users_search MATCH (SELECT "+anyOf+" FROM users_trigrams WHERE term >= ? AND term < ?)", text, text+"\U0010FFFF")
}
