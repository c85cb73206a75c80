package account

import (
	"context"
	"slices"
	"strings"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/spreadsheet"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// columnOf is the column of an import that a field of [CreateUserInput] comes from.
var columnOf = map[string]string{
	"kind": "kind", "loginName": "login_name", "name": "name", "email": "email", "language": "language",
	"roleIds": "roles", "accessPoints": "access_points", "whitelistIds": "whitelists", "mfaForced": "mfa_forced",
}

// loadNames reads what roles and whitelists are called, in one page each (an account has fewer than a page can hold), and
// what lines are judged by.
func (j *userImport) loadNames(ctx context.Context, r db.Reader) error {
	everything := db.Page{Limit: 1 << 20}
	roles, err := r.Roles(ctx, j.account.ID, db.RoleFilter{}, everything)
	if err != nil {
		return err
	}
	whitelists, err := r.Whitelists(ctx, j.account.ID, db.WhitelistFilter{}, everything)
	if err != nil {
		return err
	}
	points, err := r.AccessPoints(ctx, j.account.ID)
	if err != nil {
		return err
	}
	j.roles = idsByKey(roles.Items, func(r *db.Role) (string, typeid.ID) { return r.NameKey, r.ID })
	j.whitelists = idsByKey(whitelists.Items, func(w *db.Whitelist) (string, typeid.ID) { return w.NameKey, w.ID })
	j.basis = importBasis{policy: j.account.Policy, name: j.account.Name, revisions: map[typeid.ID]int{}}
	for _, role := range roles.Items {
		j.basis.revisions[role.ID] = role.Revision
	}
	for _, list := range whitelists.Items {
		j.basis.revisions[list.ID] = list.Revision
	}
	j.points = map[string]bool{}
	for _, point := range points {
		j.basis.revisions[point.ID] = point.Revision
		j.points[point.Code] = true
	}
	return nil
}

func idsByKey[T any](rows []*T, entry func(*T) (string, typeid.ID)) map[string]typeid.ID {
	byKey := make(map[string]typeid.ID, len(rows))
	for _, row := range rows {
		key, id := entry(row)
		byKey[key] = id
	}
	return byKey
}

// input makes of a line what createUser takes.
func (j *userImport) input(problems *problem.List, row importRow) CreateUserInput {
	input := CreateUserInput{
		Kind:         db.UserKind(strings.ToUpper(row.fields["kind"])),
		LoginName:    row.fields["login_name"],
		Name:         row.fields["name"],
		Email:        row.fields["email"],
		Language:     db.Language(strings.ToUpper(row.fields["language"])),
		AccessPoints: row.list("access_points"),
	}
	if input.Kind != db.Personal && input.Kind != db.API {
		problems.Add(problem.New(problem.Invalid, "import.kind", "kind"))
	}
	for i, code := range input.AccessPoints {
		input.AccessPoints[i] = strings.ToUpper(code)
		if !j.points[input.AccessPoints[i]] {
			problems.Add(problem.New(problem.NotFound, "import.access_point_not_found", "accessPoints", "code", shownCell(code)))
		}
	}
	if input.Language == "" {
		input.Language = db.English
	}
	if !slices.Contains(languages, input.Language) {
		problems.Add(problem.New(problem.Invalid, "import.language", "language"))
	}
	forced, ok := spreadsheet.Boolean(row.fields["mfa_forced"])
	if !ok && row.fields["mfa_forced"] != "" {
		problems.Add(problem.New(problem.Invalid, "import.boolean", "mfaForced"))
	}
	input.MFAForced = forced || !ok
	for _, name := range row.list("roles") {
		id, known := j.roles[text.Key(name)]
		if !known {
			problems.Add(problem.New(problem.NotFound, "import.role_not_found", "roleIds", "role", shownCell(name)))
		}
		input.RoleIDs = append(input.RoleIDs, id)
	}
	for _, name := range row.list("whitelists") {
		id, known := j.whitelists[text.Key(name)]
		if !known {
			problems.Add(problem.New(problem.NotFound, "import.whitelist_not_found", "whitelistIds", "whitelist", shownCell(name)))
		}
		input.WhitelistIDs = append(input.WhitelistIDs, id)
	}
	return input
}

// note adds what is wrong with a line. What could not even be read is not told a second time for what became of it.
func (j *userImport) note(line int, reading, checking problem.List) {
	column := func(p *problem.Error) string {
		if len(p.Field) < 2 {
			return ""
		}
		return columnOf[p.Field[1]]
	}
	var unread []string
	for _, p := range reading {
		unread = append(unread, column(p))
		j.report.Faults = append(j.report.Faults, ImportFault{line, column(p), p})
	}
	for _, p := range checking {
		if !slices.Contains(unread, column(p)) {
			j.report.Faults = append(j.report.Faults, ImportFault{line, column(p), p})
		}
	}
}
