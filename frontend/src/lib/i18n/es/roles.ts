import type en from '../en/roles';
import type { Translation } from '../types';

const roles: Translation<typeof en> = {
  title: 'Roles',
  newTitle: 'Nuevo rol',
};

export default roles;
