import type en from '../en/users';
import type { Translation } from '../types';

const users: Translation<typeof en> = {
  title: 'Utilisateurs',
  deactivated: 'Désactivé',
};

export default users;
