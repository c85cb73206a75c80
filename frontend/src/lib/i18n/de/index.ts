import access from './access';
import audit from './audit';
import auth from './auth';
import common from './common';
import enrol from './enrol';
import entries from './entries';
import errors from './errors';
import events from './events';
import gate from './gate';
import home from './home';
import newUser from './newUser';
import profile from './profile';
import roles from './roles';
import settings from './settings';
import shell from './shell';
import users from './users';
import whitelists from './whitelists';

export default { access, audit, auth, common, enrol, entries, errors, events, gate, home, newUser, profile, roles, settings, shell, users, whitelists };
