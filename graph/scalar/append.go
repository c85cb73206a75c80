package scalar

import (
	"bytes"
	"strconv"

	"github.com/99designs/gqlgen/graphql"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// The functions here write what the marshalers of the same name write, at the end of a buffer, and say whether it is more
// than null. The generator of graph/generated/compiled.generated.go finds them by their names.

// AppendID is [MarshalID].
func AppendID(b []byte, id typeid.ID) ([]byte, bool) {
	if id == "" {
		return append(b, "null"...), false
	}
	return AppendString(b, string(id)), true
}

// AppendTime is [MarshalTime].
func AppendTime(b []byte, t db.Time) ([]byte, bool) {
	if t == 0 {
		return append(b, "null"...), false
	}
	return append(t.Time().AppendFormat(append(b, '"'), timeLayout), '"'), true
}

// AppendInt is [MarshalInt].
func AppendInt(b []byte, i int) ([]byte, bool) { return strconv.AppendInt(b, int64(i), 10), true }

// AppendBoolean is [graphql.MarshalBoolean].
func AppendBoolean(b []byte, value bool) ([]byte, bool) { return strconv.AppendBool(b, value), true }

// AppendString is [graphql.MarshalString].
func AppendString(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c >= 0x80 {
			buffer := bytes.NewBuffer(b)
			graphql.MarshalString(text).MarshalGQL(buffer)
			return buffer.Bytes()
		}
	}
	return append(append(append(b, '"'), text...), '"')
}
