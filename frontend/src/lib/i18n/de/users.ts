import type en from '../en/users';
import type { Translation } from '../types';

const users: Translation<typeof en> = {
  title: 'Benutzer',
  deactivated: 'Deaktiviert',
};

export default users;
