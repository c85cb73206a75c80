import type en from '../en/audit';
import type { Translation } from '../types';

const audit: Translation<typeof en> = {
  title: 'Registro de auditoría',
};

export default audit;
