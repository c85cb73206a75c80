package text

import "testing"

func TestCodesAreReadAsPasted(t *testing.T) {
	for code, want := range map[string]string{
		"123456": "123456", "123 456": "123456", "123-456": "123456", " 123\u00a0456\r\n": "123456", "123–456": "123456", "１２３４５６": "123456", "١٢٣٤٥٦": "123456",
		"۱۲۳۴۵۶": "123456", "१२३४५६": "123456", "\u200b123\u2060456\ufeff": "123456", "“123456”": "123456", "G-123456": "123456", "12\t34\n56": "123456", "": "", "none": "",
	} {
		if got := Digits(code); got != want {
			t.Errorf("Digits(%q) = %q, want %q", code, got, want)
		}
	}
	for code, want := range map[string]string{
		"7kq2-m4xd": "7kq2m4xd", "7KQ2-M4XD": "7kq2m4xd", "7kq2 m4xd\r\n": "7kq2m4xd", "\t7kq2\n-m4xd": "7kq2m4xd", "7kq2–m4xd": "7kq2m4xd", "7kq2—m4xd": "7kq2m4xd",
		"7kq2\u2011m4xd": "7kq2m4xd", "7kq2−m4xd": "7kq2m4xd", "7kq2\u00adm4xd": "7kq2m4xd", "７ｋｑ２－ｍ４ｘｄ": "7kq2m4xd", "“7kq2-m4xd”": "7kq2m4xd", "'7kq2-m4xd',": "7kq2m4xd",
		"7kq2\u200b-\u2060m4xd\ufeff": "7kq2m4xd", "7kq2_m4xd.": "7kq2m4xd", "- 7kq2-m4xd": "7kq2m4xd", "\u202a7kq2-m4xd\u202c": "7kq2m4xd",
	} {
		if got := LettersAndDigits(code); got != want {
			t.Errorf("LettersAndDigits(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestPastedSecretsAndPipedLines(t *testing.T) {
	for in, want := range map[string]string{"key": "key", " key\r\n": "key", `"key"`: "key", "'key'": "key", "“key”": "key", "\ufeffkey\u200b": "key", "k ey": "k ey", "": ""} {
		if got := Pasted(in); got != want {
			t.Errorf("Pasted(%q) = %q", in, got)
		}
	}
	for in, want := range map[string]string{
		"word": "word", "word\n": "word", "word\r\n": "word", "\ufeffword\r\n": "word", " w ord \n": " w ord ", "word\r\r\n": "word\r", "word\nmore\n": "word", "": "", "\n": "", "\ufeff\n": "",
		"\ufeff\ufeffword": "\ufeffword",
	} {
		if got, found := Line(in); got != want || found != (want != "") {
			t.Errorf("Line(%q) = %q", in, got)
		}
	}
	if string(WithoutMark([]byte("\ufeffx"))) != "x" || WithoutMark("x") != "x" || WithoutMark("") != "" {
		t.Error("a mark")
	}
}
