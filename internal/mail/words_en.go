package mail

var english = words{
	Code: "en",
	Months: [12]string{
		"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December",
	},
	DateTime: "{day} {month} {year}, {time} UTC",
	Operator: "The operator of Gatehouse",

	Greeting:       "Hello {name},",
	NotYou:         "Was this not you? Set a new password at once and tell an administrator of {account}.",
	NotExpected:    "If you did not expect this, ask an administrator of {account}.",
	ButtonFails:    "If the button does nothing, copy this link into your browser:",
	Footer:         "You get this mail because {user} is a user in Gatehouse. Replies are not read.",
	FooterStranger: "You get this mail because somebody entered this address in Gatehouse. Replies are not read.",
	Fact:           "{label}: {value}",

	Label: labels{
		Account: "Account", LoginName: "Login name", SignInPage: "Sign-in page", User: "User",
		When: "When", Address: "IP address", NewEmail: "New email", Method: "Second factor", CodesLeft: "Codes left",
		Tries: "Failed tries", Since: "Since", Key: "API key", Expires: "Expires", Changed: "Changed",
	},
	Welcome: welcomeWords{
		Title:             "Your user at {account}",
		CreatedBy:         "{by} created a user for you at {account}.",
		StepSetPassword:   "Set your password with the link below.",
		StepSignIn:        "Sign in with the account, the login name and that password.",
		StepSignInGiven:   "Sign in with the account, the login name and your password. The person who created your user gives it to you: passwords are never mailed.",
		StepMFA:           "Set up a second factor when you are asked to. Have an authenticator app ready on your phone.",
		OptionalMFA:       "Add a second factor, such as an authenticator app, once you are signed in.",
		ButtonSetPassword: "Set password",
		ButtonSignIn:      "Sign in",
		LinkUntil:         "The link works once, until {until}. After that, ask an administrator for a new one.",
		APITitle:          "A new API user at {account}",
		APICreatedBy:      "{by} created an API user for an application at {account} and gave your address for it.",
		APIUsesKeys:       "The application signs in with API keys, not with a password. An administrator creates the keys and hands them over.",
	},
	PasswordReset: linkWords{
		Title:     "Set a new password",
		Text:      "Somebody, most likely you, asked for a new password for {user}.",
		Button:    "Set password",
		LinkUntil: "The link works once, until {until}.",
		NotYou:    "If you did not ask for it, do nothing: your password stays as it is.",
	},
	EmailConfirm: linkWords{
		Title:     "Confirm your email address",
		Text:      "This address is to become the email address of a user of the account {account} in Gatehouse.",
		Button:    "Confirm address",
		LinkUntil: "The link works once, until {until}.",
		NotYou:    "If you did not ask for it, do nothing: nothing changes.",
	}, EmailTaken: noticeWords{
		Title: "Your address was entered for another user",
		Text:  "Somebody asked for this address to become the email address of a user of the account {account} in Gatehouse. It belongs to another user there already, so nothing changes. If you have several users there, each needs an address of its own.",
	},

	PasswordChanged: changeWords{
		Title:   "Your password was changed",
		Text:    "Your password was changed. Your other sessions have ended.",
		ByAdmin: "{by} set a new password for you. Your sessions have ended. You get the password in person: passwords are never mailed.",
	},
	LoginNameChanged: changeWords{
		Title:   "Your login name was changed",
		Text:    "You changed your login name. The one that you had does not work any more.",
		ByAdmin: "{by} changed your login name. The one that you had does not work any more.",
	},
	EmailChanged: changeWords{
		Title:   "Your email address was changed",
		Text:    "You changed your email address. Mail goes to the new one from now on.",
		ByAdmin: "{by} changed your email address. Mail goes to the new one from now on.",
	},
	MFAEnrolled: noticeWords{
		Title: "Second factor added",
		Text:  "A second factor was added to your user. You can sign in with it from now on.",
	},
	MFARemoved: noticeWords{
		Title: "Second factor removed",
		Text:  "A second factor was removed from your user. It no longer works.",
	},
	MFAReset: adviceWords{
		Title:  "Your second factors were reset",
		Text:   "{by} removed all your second factors and recovery codes. Your sessions have ended.",
		Advice: "Sign in with your password and set up a new second factor.",
	},
	RecoveryCodesRegenerated: noticeWords{
		Title: "New recovery codes",
		Text:  "New recovery codes were made for your user. The older ones no longer work.",
	},
	RecoveryCodeUsed: adviceWords{
		Title:  "Recovery code used",
		Text:   "Somebody, most likely you, used one of your recovery codes. It does not work again.",
		Advice: "Make new codes before you run out of them.",
	},
	SignInRefusedAddress: adviceWords{
		Title:  "Sign-in refused from an unknown address",
		Text:   "Somebody gave your right password or showed a passkey of yours, but from an address outside your whitelists. They were not let in.",
		Advice: "If it was you, sign in from an allowed address or ask an administrator to add this one.",
	},
	PasskeyCopied: adviceWords{
		Title:  "A passkey may have been copied",
		Text:   "A passkey of yours was shown whose counter had gone back: there may be a copy of it. It was refused.",
		Advice: "Remove this passkey and set it up again. If that was not you, tell an administrator of {account}.",
	},
	FailedSignIns: adviceWords{
		Title:  "Failed sign-ins",
		Text:   "Somebody tried to sign in as you and got the password or the code wrong. They were not let in.",
		Advice: "If it was you, there is nothing to do. If not, tell an administrator of {account}.",
	},
	KeyExpires: adviceWords{
		Title:  "An API key expires soon",
		Text:   "An API key of {user} expires soon. What uses it stops working then.",
		Advice: "Rotate the key in Gatehouse and give the new one to the application, or ask an administrator of {account} to.",
	},
	KeyUsedFromNewAddress: adviceWords{
		Title:  "API key used from a new address",
		Text:   "An API key of {user} was used from an address where it was not seen before.",
		Advice: "If you do not know this address, revoke the key at once, or ask an administrator of {account} to. A whitelist on the key prevents it.",
	},
	Deactivated: noticeWords{
		Title: "Your user was deactivated",
		Text:  "{by} deactivated your user. It can no longer sign in, and its sessions and API keys have stopped.",
	},
	Reactivated: noticeWords{
		Title: "Your user was reactivated",
		Text:  "{by} reactivated your user. It can sign in again, and its API keys work again.",
	},
	Unlocked: noticeWords{
		Title: "Your user was unlocked",
		Text:  "{by} unlocked your user. Failed sign-ins are counted from the beginning again.",
	},
	AccessChanged: changeWords{
		Title:   "Your access was changed",
		Text:    "You changed your own access.",
		ByAdmin: "{by} changed your access. You see what you may do now when you sign in.",
	},
	KeyCreated: changeWords{
		Title:   "New API key",
		Text:    "You created an API key for {user}.",
		ByAdmin: "{by} created an API key for {user}.",
	},
	KeyRotated: changeWords{
		Title:   "API key replaced",
		Text:    "You replaced an API key of {user} by a new one.",
		ByAdmin: "{by} replaced an API key of {user} by a new one.",
	},
	KeyUpdated: changeWords{
		Title:   "API key changed",
		Text:    "You changed an API key of {user}.",
		ByAdmin: "{by} changed an API key of {user}.",
	},
	Part: partWords{Roles: "roles", AccessPoints: "access points", Whitelists: "whitelists", ForcedMFA: "forced second factor"},
}
