import type en from '../en/roles';
import type { Translation } from '../types';

const roles: Translation<typeof en> = {
  title: 'Rollen',
  newTitle: 'Nieuwe rol',
};

export default roles;
